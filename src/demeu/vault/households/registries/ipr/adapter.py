"""ИПР: what each member's rehabilitation programme says is needed, and what the state gives itself."""

from demeu.vault.households.registries.exchange import (
    Element,
    Exchange,
    TypedFact,
    about_everybody,
    adapter_schema,
    flag,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=90)
FIELDS = {
    "programme/limitation": "ipr_limitation",
    "programme/validUntil": "ipr_valid_until",
    "programme/item": "ipr_item",
}


def read(data: Element) -> list[TypedFact]:
    """For each programme its limitation and term; for each item «code:quantity:state|person»."""
    facts: list[TypedFact] = []
    for programme in data.findall("programme"):
        iin = text(programme, "iin")
        facts.append(TypedFact("ipr_limitation", text(programme, "limitation"), iin))
        facts.append(TypedFact("ipr_valid_until", text(programme, "validUntil"), iin))
        for item in programme.findall("item"):
            giver = "state" if flag(text(item, "providedByState")) == "true" else "person"
            facts.append(TypedFact("ipr_item", f"{text(item, 'code')}:{text(item, 'quantity')}:{giver}", iin))
    return facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_IPR",
        namespace="urn:sandbox:mtszn:ipr:1",
        request_type="ProgrammeRequest",
        answer_type="ProgrammeResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read,
    ),
)
