"""МТС: whether an adult asked not to be let gamble; the basis «debtor» is somebody else's claim and is left out."""

from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    Unreadable,
    adapter_schema,
)
from demeu.vault.households.registries.profile import NOT_CONFIRMED, REVIEW_USES, Profile

OWN_REQUEST = "own_request"
PROFILE = Profile(uses=REVIEW_USES, basis=NOT_CONFIRMED, fresh_days=30)
FIELDS = {"restriction[@basis='own_request']": "gambling_restricted", "restriction/@to": "gambling_restricted_until"}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: all adults."""
    return [[("query", number), *(("person/iin", iin) for iin in asked.adults)]]


def read(data: Element) -> list[TypedFact]:
    """Yes with the last day for those who asked for it themselves, no for the others that were checked."""
    until: dict[str, str] = {}
    checked = {(one.text or "").strip() for one in data.findall("checked")}
    for restriction in data.findall("restriction"):
        first, last = restriction.get("from", ""), restriction.get("to", "")
        if last < first or restriction.get("iin", "") not in checked:
            raise Unreadable("a restriction that does not fit")
        if restriction.get("basis") == OWN_REQUEST:
            iin = restriction.get("iin", "")
            until[iin] = max(last, until.get(iin, ""))
    facts = [TypedFact("gambling_restricted", "true" if iin in until else "false", iin) for iin in sorted(checked)]
    return facts + [TypedFact("gambling_restricted_until", last, iin) for iin, last in sorted(until.items())]


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MTS_GAMBLING",
        namespace="urn:sandbox:mts:gambling:1",
        request_type="RestrictionQuery",
        answer_type="RestrictionList",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
    ),
)
