"""ИС МТСЗН: the official category where the ministry gives one; disability, statuses and benefits of every member."""

from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    adapter_schema,
    flag,
    optional_facts,
    text,
    tiyn_of,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=30)
FIELDS = {
    "officialCategory": "official_category",
    "person/disabilityGroup": "disability_group",
    "person/disabilityChildhood": "disability_childhood",
    "person/status": "social_status",
    "person/benefit": "benefit_*_tiyn",
}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: the applicant's household."""
    return [[("requestNumber", number), ("iin", asked.applicant)]]


def read(data: Element) -> list[TypedFact]:
    """The official category, and each member's disability, statuses and benefits."""
    facts = optional_facts(data, {"officialCategory": "official_category"}, None)
    for person in data.findall("person"):
        iin = text(person, "iin")
        facts.append(TypedFact("disability_group", text(person, "disabilityGroup"), iin))
        facts.append(TypedFact("disability_childhood", flag(text(person, "disabilityChildhood")), iin))
        facts.extend(
            TypedFact("social_status", (status.text or "").strip(), iin) for status in person.findall("status")
        )
        facts.extend(
            TypedFact(f"benefit_{text(benefit, 'code')}_tiyn", str(tiyn_of(text(benefit, "monthly"))), iin)
            for benefit in person.findall("benefit")
        )
    return facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MTSZN_SOCIAL",
        namespace="urn:sandbox:mtszn:social:1",
        request_type="SocialStatusRequest",
        answer_type="SocialStatusResponse",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
    ),
)
