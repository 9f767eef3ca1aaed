"""ГБД ФЛ: the applicant's person, life status and registration address by IIN. Message shape as published."""

from demeu.kernel.clock import now
from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    Unreadable,
    adapter_schema,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, Profile

FOUND, NOBODY = "00000", "00001"
ALIVE = "0"
MALE = "1"
PROFILE = Profile(uses=ANY_USE, basis="codecraftkz/unifl, xsd/*.xsd", fresh_days=180)
FIELDS = {
    "messageResult/code": "known_to_gbd_fl",
    "persons/person/birthDate": "birth_date",
    "persons/person/gender/code": "sex",
    "persons/person/lifeStatus/code": "alive",
    "persons/person/regAddress/arCode": "kato",
}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: the applicant by IIN."""
    return [
        [
            ("messageId", number),
            ("messageDate", now().isoformat(timespec="seconds")),
            ("senderCode", "demeu"),
            ("iin", asked.applicant),
        ]
    ]


def read(data: Element) -> list[TypedFact]:
    """Birth date, sex, life status and the place of registration."""
    result = text(data, "messageResult/code")
    if result == NOBODY:
        return [TypedFact("known_to_gbd_fl", "false")]
    person = data.find("persons/person")
    if result != FOUND or person is None:
        raise Unreadable("result code")
    iin = text(person, "iin")
    facts = [
        TypedFact("known_to_gbd_fl", "true"),
        TypedFact("birth_date", text(person, "birthDate")[:10], iin),
        TypedFact("sex", "male" if text(person, "gender/code") == MALE else "female", iin),
        TypedFact("alive", "true" if text(person, "lifeStatus/code") == ALIVE else "false", iin),
    ]
    kato = text(person, "regAddress/arCode")
    return [*facts, TypedFact("kato", kato)] if kato else facts


EXCHANGES = (
    Exchange(
        service_id="GBDFLUniversal_token",
        namespace="http://message.persistence.interactive.nat",
        request_type="Request",
        answer_type="Response",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
    ),
)
