"""How a wish list forms from facts and which edits are allowed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from demeu.contracts.treasury import PayeeKind
from demeu.contracts.vault import NeedFact
from demeu.kernel.errors import conflict, forbidden, invalid
from demeu.portal.cases.rules import ApplicationState, CaseState
from demeu.portal.wishes.states import EDITABLE, ItemState

LIST_OPEN = frozenset({ApplicationState.GATHERING, ApplicationState.WAITING_REGISTRY, ApplicationState.REVIEW})

GIVEN_BY_STATE = "state"


@dataclass(frozen=True)
class Price:
    """One line of the price list; sums in tiyn. `unit_price_tiyn` 0 = the price is the fact's own sum (a debt)."""

    code: str
    names: dict[str, str]
    unit_price_tiyn: int
    unit_price_max_tiyn: int
    quantity_max: int
    from_need: frozenset[str]
    service_need: str
    details: tuple[str, ...]
    paid_to: tuple[PayeeKind, ...] = ("supplier",)
    """Who may be paid for it."""


@dataclass(frozen=True)
class PriceList:
    """The dated list and the limit of one case."""

    prices: tuple[Price, ...]
    case_amount_max_tiyn: int

    def price(self, code: str) -> Price:
        """The line of an item; `wish.not_on_list` for anything else."""
        for line in self.prices:
            if line.code == code:
                return line
        raise invalid("wish.not_on_list", item=code)


@dataclass(frozen=True)
class Wish:
    """A proposed item: how many, at what price, from which registry's fact."""

    code: str
    detail: str
    quantity: int
    quantity_max: int
    unit_price_tiyn: int
    source: str

    @property
    def amount_tiyn(self) -> int:
        """What the item costs in all."""
        return self.quantity * self.unit_price_tiyn


def proposed(prices: PriceList, needs: Sequence[NeedFact]) -> list[Wish]:
    """The wish list that the facts make: priced, within limits, in the order of the price list.

    When the sum passes the limit of a case, the last items that do not fit are left out.
    """
    wishes = [wish for line in prices.prices for need in needs if (wish := _wish(line, need))]
    kept: list[Wish] = []
    total_tiyn = 0
    for wish in wishes:
        if total_tiyn + wish.amount_tiyn <= prices.case_amount_max_tiyn:
            kept.append(wish)
            total_tiyn += wish.amount_tiyn
    return kept


def _wish(line: Price, need: NeedFact) -> Wish | None:
    if need.code not in line.from_need or need.detail == GIVEN_BY_STATE:
        return None
    quantity = max(1, min(need.count, line.quantity_max))
    own_sum = min(need.amount_tiyn or 0, line.unit_price_max_tiyn)
    unit_price_tiyn = line.unit_price_tiyn or own_sum
    if unit_price_tiyn <= 0:
        return None
    detail = need.detail if need.detail in line.details else ""
    return Wish(line.code, detail, quantity, quantity, unit_price_tiyn, str(need.source))


def check_edit(
    line: Price, state: ItemState, *, quantity: int, quantity_max: int, unit_price_tiyn: int, detail: str
) -> None:
    """Refuse an edit beyond what the facts and the price list allow, naming the limit."""
    check_editable(state)
    if not 1 <= quantity <= quantity_max:
        raise forbidden("wish.quantity_beyond_facts", most=quantity_max)
    if not 0 < unit_price_tiyn <= line.unit_price_max_tiyn:
        raise forbidden("wish.price_beyond_list", most_tiyn=line.unit_price_max_tiyn)
    if detail and detail not in line.details:
        raise forbidden("wish.detail_not_offered", offered=list(line.details))


def check_editable(state: ItemState) -> None:
    """An item may be edited or removed only while it is a proposal."""
    if state not in EDITABLE:
        raise conflict("wish.no_longer_editable", state=str(state))


def check_list_open(application: ApplicationState | None, case: CaseState) -> None:
    """The family changes its list until the visit is planned: what a volunteer checks and a curator approves stands."""
    if application not in LIST_OPEN or case != CaseState.DRAFT:
        raise conflict("wish.no_longer_editable", state=str(case))


def check_case_sum(prices: PriceList, others_tiyn: int, amount_tiyn: int) -> None:
    """Refuse a change by which the whole list would pass the limit of a case."""
    if others_tiyn + amount_tiyn > prices.case_amount_max_tiyn:
        raise forbidden("wish.case_beyond_limit", most_tiyn=prices.case_amount_max_tiyn)
