"""When a payout may be prepared, approved, sent, settled; how it is split over lots. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from demeu.kernel.errors import conflict, forbidden, invalid
from demeu.treasury.ledger.rules import Account, Leg, Lot, LotBalance, moved, step_id


class PayoutState(StrEnum):
    """Where a payout stands."""

    PREPARED = "prepared"
    APPROVED = "approved"
    SENT = "sent"
    SETTLED = "settled"
    REJECTED = "rejected"
    RETURNED = "returned"
    HELD = "held"


NEXT: dict[PayoutState, tuple[PayoutState, ...]] = {
    PayoutState.PREPARED: (PayoutState.APPROVED, PayoutState.REJECTED, PayoutState.HELD),
    PayoutState.HELD: (PayoutState.PREPARED, PayoutState.REJECTED),
    PayoutState.APPROVED: (PayoutState.SENT, PayoutState.REJECTED, PayoutState.SETTLED),
    PayoutState.SENT: (PayoutState.SETTLED, PayoutState.REJECTED),
    PayoutState.SETTLED: (PayoutState.RETURNED,),
    PayoutState.REJECTED: (),
    PayoutState.RETURNED: (),
}
OVER = (PayoutState.REJECTED, PayoutState.RETURNED)
BENEFICIARY = "beneficiary"
ORGANIZATIONS = ("clinic", "bank")
ANYBODY_ELSE = ("supplier", "clinic", "landlord", "creditor", "bank")
BLOCKING = ("sanction", "listed", "unknown", "blocked", "closed")


@dataclass(frozen=True)
class ItemMeans:
    """An item to be paid for: whose case it is, who its curator is, whether all its money is in the bank."""

    item: UUID
    case: UUID
    curator: UUID
    funded: bool
    waiting: bool


def check_step(state: PayoutState, after: PayoutState, *, payout: str) -> None:
    """Refuse a step that the states do not allow: `payout.wrong_state`."""
    if after not in NEXT[state]:
        raise conflict("payout.wrong_state", payout=payout, state=state.value, wanted=after.value)


def check_may_say_no(state: PayoutState, *, payout: str) -> None:
    """A person can say no only before the approval: `payout.wrong_state`."""
    if state not in (PayoutState.PREPARED, PayoutState.HELD):
        raise conflict("payout.wrong_state", payout=payout, state=state.value, wanted=PayoutState.REJECTED.value)


def check_people(*, preparer: UUID, curator: UUID, approver: UUID | None = None, payout: str) -> None:
    """Preparer, approver and curator are different people: `payout.same_person`."""
    people = [person for person in (preparer, curator, approver) if person is not None]
    if len(set(people)) != len(people):
        raise forbidden("payout.same_person", payout=payout)


def check_items(case: UUID, asked: Sequence[UUID], means: Sequence[ItemMeans]) -> UUID:
    """All asked items belong to the case and their money is in the bank; gives the case's curator.

    Raises `payout.items_unknown`, `payout.item_not_funded`, `payout.item_not_held`.
    """
    if len(set(asked)) != len(asked) or {item.item for item in means if item.case == case} != set(asked):
        raise invalid("payout.items_unknown", case=str(case))
    for item in means:
        if not item.funded:
            raise conflict("payout.item_not_funded", item=str(item.item))
        if item.waiting:
            raise conflict("payout.item_not_held", item=str(item.item))
    return means[0].curator


def check_payee_kind(
    kind: str, items: Sequence[UUID], payable_to: Mapping[UUID, Sequence[str]], *, natural_person: bool
) -> None:
    """Each item may be paid to such a payee, and the payee can be one.

    Raises `payout.payee_not_allowed`, `payout.payee_kind_wrong`.
    """
    for item in items:
        if kind not in payable_to.get(item, ANYBODY_ELSE):
            raise forbidden("payout.payee_not_allowed", item=str(item), kind=kind)
    if (kind == BENEFICIARY and not natural_person) or (kind in ORGANIZATIONS and natural_person):
        raise invalid("payout.payee_kind_wrong", kind=kind)


def check_screening(codes: Sequence[str]) -> tuple[str, ...]:
    """Findings against the payee that are only warnings; blocking ones refuse: `payout.payee_blocked`."""
    blocking = [code for code in codes if any(word in code for word in BLOCKING)]
    if blocking:
        raise forbidden("payout.payee_blocked", codes=sorted(blocking))
    return tuple(sorted(set(codes)))


def take_from(held: Sequence[LotBalance], amount_tiyn: int) -> list[tuple[Lot, int]]:
    """Which lots pay how much, in their order; raises `payout.above_held`."""
    available = sum(balance.amount_tiyn for balance in held)
    if amount_tiyn > available:
        raise conflict("payout.above_held", asked_tiyn=amount_tiyn, held_tiyn=available)
    taken: list[tuple[Lot, int]] = []
    left = amount_tiyn
    for balance in held:
        part = min(left, balance.amount_tiyn)
        if part:
            taken.append((balance.lot, part))
            left -= part
    return taken


def reserve_legs(payout: UUID, taken: Sequence[tuple[Lot, int]]) -> list[Leg]:
    """Held money set aside for this payout."""
    legs: list[Leg] = []
    for lot, part in taken:
        after = Lot(lot.gift, lot.case, lot.item, payout)
        legs += moved(part, out_of=Account.HELD, into=Account.RESERVED, lot=lot, lot_after=after)
    return legs


def settle_legs(payout: UUID, reserved: Sequence[LotBalance], bank: Account) -> list[Leg]:
    """The bank has paid: reserved becomes paid, and the money has left the bank for help."""
    legs: list[Leg] = []
    for balance in reserved:
        legs += moved(balance.amount_tiyn, out_of=Account.RESERVED, into=Account.PAID, lot=balance.lot)
        legs.append(Leg(Account.HELP, balance.amount_tiyn, balance.lot))
    total = sum(balance.amount_tiyn for balance in reserved)
    return [*legs, Leg(bank, -total, Lot(payout=payout))]


def normal_invoice(number: str) -> str:
    """An invoice number as compared: no spaces, small letters."""
    return "".join(number.split()).casefold()


def reserve_step(payout: UUID) -> UUID:
    """The id of setting money aside for a payout: of its transfer and its leaf."""
    return step_id(payout, "reserve")


def approve_step(payout: UUID) -> UUID:
    """The id of a payout's approval: of its leaf."""
    return step_id(payout, "approve")


def settle_step(payout: UUID) -> UUID:
    """The id of a payout's settling by the bank: of its transfer and its leaf."""
    return step_id(payout, "settle")
