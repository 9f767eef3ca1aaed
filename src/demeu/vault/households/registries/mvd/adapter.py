"""МВД: an incident at one place. Only what took a shelter is an emergency; violence is never tied to an address."""

from demeu.vault.households.registries.exchange import (
    Channel,
    Element,
    Exchange,
    TypedFact,
    adapter_schema,
    flag,
    nothing_to_ask,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

KINDS = {"fire": "fire", "explosion": "explosion"}
PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=365)
FIELDS = {
    "@registration": "event_number",
    "@category": "event_kind",
    "@withdrawn": "event_revision",
    "occurredAt": "event_began",
    "place/@kato": "event_area",
}


def read(notice: Element) -> list[TypedFact]:
    """The event in plain facts; nothing for an incident that is no emergency. A withdrawn one ends when it began."""
    kind = KINDS.get(notice.get("category", ""))
    if kind is None or flag(text(notice, "shelterLost")) == "false":
        return []
    withdrawn = flag(notice.get("withdrawn", "")) == "true"
    place = notice.find("place")
    facts = [
        TypedFact("event_number", notice.get("registration", "")),
        TypedFact("event_revision", "2" if withdrawn else "1"),
        TypedFact("event_kind", kind),
        TypedFact("event_began", text(notice, "occurredAt")),
        TypedFact("event_area", "" if place is None else place.get("kato", "")),
    ]
    return [*facts, TypedFact("event_ended", text(notice, "occurredAt"))] if withdrawn else facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MVD_INCIDENTS",
        namespace="urn:sandbox:mvd:incident:1",
        request_type="",
        answer_type="IncidentNotice",
        schema=adapter_schema(__file__),
        requests=nothing_to_ask,
        read=read,
        channel=Channel.NOTICE,
        needs_token=False,
    ),
)
