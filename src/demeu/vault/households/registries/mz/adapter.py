"""МЗ: clinic, dispensary record, and yes or no to «is a severe illness confirmed». Never which illness."""

from demeu.vault.households.registries.exchange import (
    Channel,
    Element,
    Exchange,
    TypedFact,
    Unreadable,
    about_everybody,
    adapter_schema,
    flag,
    optional_facts,
    text,
)
from demeu.vault.households.registries.profile import HEALTH_USES, NOT_CONFIRMED, Profile

NAMESPACE = "urn:sandbox:mz:patient:1"
YES_OR_NO = {"yes": "true", "no": "false"}
PROFILE = Profile(uses=HEALTH_USES, basis=NOT_CONFIRMED, time_limit_s=15, fresh_days=90, answer_s_max=3600)
FIELDS = {
    "patient/attached": "clinic_attached",
    "patient/dispensaryRecord": "dispensary",
    "confirmation/severeIllness": "severe_illness",
}


def read_attachment(data: Element) -> list[TypedFact]:
    """Attached to a clinic or not; dispensary record where told. «Since» without a clinic is refused."""
    facts: list[TypedFact] = []
    for patient in data.findall("patient"):
        iin, attached = text(patient, "iin"), flag(text(patient, "attached"))
        if attached == "false" and patient.find("attachedSince") is not None:
            raise Unreadable("attached since a day, yet not attached")
        facts.append(TypedFact("clinic_attached", attached, iin))
        facts.extend(optional_facts(patient, {"dispensaryRecord": "dispensary"}, iin, flag))
    return facts


def read_confirmation(data: Element) -> list[TypedFact]:
    """Yes or no; «unknown» says nothing, and what nobody knows is never a no."""
    answers = ((text(one, "iin"), text(one, "severeIllness")) for one in data.findall("confirmation"))
    return [TypedFact("severe_illness", YES_OR_NO[said], iin) for iin, said in answers if said in YES_OR_NO]


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MZ_ATTACHMENT",
        namespace=NAMESPACE,
        request_type="AttachmentRequest",
        answer_type="AttachmentResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read_attachment,
    ),
    Exchange(
        service_id="DEMEU_MZ_DIAGNOSIS",
        namespace=NAMESPACE,
        request_type="ConfirmationRequest",
        answer_type="ConfirmationResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read_confirmation,
        channel=Channel.ASYNC,
    ),
)
