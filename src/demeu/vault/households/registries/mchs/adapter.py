"""МЧС: an emergency, when it began and ended, and the places it struck (КАТО). It names no people."""

from demeu.vault.households.registries.exchange import (
    Channel,
    Element,
    Exchange,
    TypedFact,
    Unreadable,
    adapter_schema,
    nothing_to_ask,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=365)
FIELDS = {
    "number": "event_number",
    "revision": "event_revision",
    "kind": "event_kind",
    "began": "event_began",
    "ended": "event_ended",
    "area/kato": "event_area",
}


def read(notice: Element) -> list[TypedFact]:
    """The event in plain facts; one that ended before it began is refused."""
    began, ended = text(notice, "began"), text(notice, "ended")
    if ended and ended < began:
        raise Unreadable("an emergency that ends before it begins")
    facts = [TypedFact(FIELDS[name], text(notice, name)) for name in ("number", "revision", "kind", "began")]
    if ended:
        facts.append(TypedFact("event_ended", ended))
    return facts + [TypedFact("event_area", (kato.text or "").strip()) for kato in notice.findall("area/kato")]


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MCHS_EVENTS",
        namespace="urn:sandbox:mchs:emergency:1",
        request_type="",
        answer_type="EmergencyNotice",
        schema=adapter_schema(__file__),
        requests=nothing_to_ask,
        read=read,
        channel=Channel.NOTICE,
        needs_token=False,
    ),
)
