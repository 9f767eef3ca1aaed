"""Е-Социум: which measures of state support every member receives, has received or has had suspended."""

from demeu.vault.households.registries.exchange import (
    Element,
    Exchange,
    TypedFact,
    Unreadable,
    about_everybody,
    adapter_schema,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=30)
FIELDS = {
    "recipient/measure[@state='active']": "support_received",
    "recipient/measure[@state!='active']": "support_past",
}


def read(data: Element) -> list[TypedFact]:
    """«code» of a measure given now, «code:state» of another; an end before its beginning is refused."""
    facts: list[TypedFact] = []
    for recipient in data.findall("recipient"):
        iin = text(recipient, "iin")
        for measure in recipient.findall("measure"):
            until = text(measure, "until")
            if until and until < text(measure, "since"):
                raise Unreadable("a measure that ends before it begins")
            code, state = measure.get("code", ""), measure.get("state", "")
            if state == "active":
                facts.append(TypedFact("support_received", code, iin))
            else:
                facts.append(TypedFact("support_past", f"{code}:{state}", iin))
    return facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_ESOCIUM_RECIPIENTS",
        namespace="urn:sandbox:esocium:recipients:1",
        request_type="RecipientsRequest",
        answer_type="RecipientsResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read,
    ),
)
