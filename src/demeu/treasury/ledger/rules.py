"""What a transfer may look like, how a correction mirrors it, how a hold ends. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid5

from demeu.kernel.errors import conflict, invalid

AMOUNT_TIYN_MAX = 10**15


class Account(StrEnum):
    """The chart of accounts. Assets and costs grow by debit (> 0), funds and income by credit (< 0)."""

    GATEWAY_HALYK = "assets:gateway:halyk"
    GATEWAY_KASPI = "assets:gateway:kaspi"
    GATEWAY_FREEDOM = "assets:gateway:freedom"
    GATEWAY_TIPTOP = "assets:gateway:tiptop"
    GATEWAY_TRANSFER = "assets:gateway:transfer"
    GATEWAY_DEMO = "assets:gateway:demo"
    BANK = "assets:bank:fund"
    BANK_DEMO = "assets:bank:demo"
    SUSPENSE = "liabilities:suspense"
    REFUNDS = "liabilities:refunds"
    RECEIVED = "funds:received"
    HELD = "funds:held"
    RESERVED = "funds:reserved"
    PAID = "funds:paid"
    DELIVERED = "funds:delivered"
    HELP = "expenses:help"
    FEES = "expenses:gateway_fees"
    CHARGEBACKS = "expenses:chargebacks"


STATE_OF: dict[Account, str] = {
    Account.RECEIVED: "received",
    Account.HELD: "held",
    Account.RESERVED: "held",
    Account.PAID: "paid",
    Account.DELIVERED: "delivered",
}


class Kind(StrEnum):
    """Why money moved."""

    RECEIVE = "receive"
    ALLOCATE = "allocate"
    RELEASE = "release"
    SETTLE = "settle"
    RESERVE = "reserve"
    PAY = "pay"
    DELIVER = "deliver"
    REFUND = "refund"
    REFUND_PAID = "refund_paid"
    CHARGEBACK = "chargeback"
    SUSPEND = "suspend"
    REVERSE = "reverse"


class Phase(StrEnum):
    """A transfer is final, or it is a hold: pending until one other transfer posts it or voids it, once."""

    FINAL = "final"
    PENDING = "pending"
    POST = "post"
    VOID = "void"


HOLDING = Account.RESERVED


@dataclass(frozen=True, order=True)
class Lot:
    """Whose money it is and what for: the gift it came with, the item it is meant for, the payout it went by."""

    gift: UUID | None = None
    case: UUID | None = None
    item: UUID | None = None
    payout: UUID | None = None

    @property
    def parts(self) -> tuple[UUID | None, ...]:
        """Gift, case, item, payout."""
        return (self.gift, self.case, self.item, self.payout)


NO_LOT = Lot()


@dataclass(frozen=True)
class LotBalance:
    """What stands on one fund account for one lot; whole tiyn, > 0."""

    account: Account
    lot: Lot
    amount_tiyn: int

    @property
    def state(self) -> str:
        """The money word: received, held, paid or delivered."""
        return STATE_OF[self.account]


@dataclass(frozen=True)
class Leg:
    """One posting to be made: debit > 0, credit < 0, whole tiyn."""

    account: Account
    amount_tiyn: int
    lot: Lot = NO_LOT


def moved(
    amount_tiyn: int, *, out_of: Account, into: Account, lot: Lot = NO_LOT, lot_after: Lot | None = None
) -> list[Leg]:
    """Two legs that take `amount_tiyn` out of a fund account into another: debit the first, credit the second."""
    return [Leg(out_of, amount_tiyn, lot), Leg(into, -amount_tiyn, lot if lot_after is None else lot_after)]


def mirrored(legs: Iterable[Leg]) -> list[Leg]:
    """Every leg with the opposite sign, the same account and the same lot."""
    return [replace(leg, amount_tiyn=-leg.amount_tiyn) for leg in legs]


@dataclass(frozen=True)
class Entry:
    """A transfer to be written. `reverses` is what it mirrors, `hold` the pending transfer that it ends."""

    transfer: UUID
    kind: Kind
    legs: Sequence[Leg]
    reason: Mapping[str, object] = field(default_factory=dict)
    reverses: UUID | None = None
    phase: Phase = Phase.FINAL
    hold: UUID | None = None


def check_legs(legs: Sequence[Leg]) -> None:
    """Refuse what is no transfer: `ledger.too_few_legs`, `.empty_leg`, `.too_large`, `.unbalanced`."""
    if len(legs) < 2:
        raise invalid("ledger.too_few_legs", legs=len(legs))
    total = 0
    for leg in legs:
        if leg.amount_tiyn == 0:
            raise invalid("ledger.empty_leg")
        if not -AMOUNT_TIYN_MAX <= leg.amount_tiyn <= AMOUNT_TIYN_MAX:
            raise invalid("ledger.too_large", limit=AMOUNT_TIYN_MAX)
        total += leg.amount_tiyn
    if total != 0:
        raise invalid("ledger.unbalanced", off_by=total)


def check_entries(entries: Sequence[Entry]) -> None:
    """Each entry is a transfer, and no id comes twice in one call: `ledger.repeated_in_batch`."""
    for entry in entries:
        check_legs(entry.legs)
    if len({entry.transfer for entry in entries}) != len(entries):
        raise invalid("ledger.repeated_in_batch")


def check_holding(legs: Iterable[Leg]) -> None:
    """A hold sets money aside on the holding account and takes none from it: `ledger.holds_nothing`."""
    held = [leg.amount_tiyn for leg in legs if leg.account is HOLDING]
    if not held or max(held) > 0:
        raise invalid("ledger.holds_nothing")


def check_ends(held: Iterable[Leg], ending: Iterable[Leg]) -> None:
    """What ends a hold takes out of the holding account, lot by lot, all that was set aside: `ledger.hold_differs`."""
    left: Counter[Lot] = Counter()
    for leg in (*held, *ending):
        if leg.account is HOLDING:
            left[leg.lot] += leg.amount_tiyn
    if any(left.values()):
        raise conflict("ledger.hold_differs", off_by=sum(left.values()))


def same_legs(one: Iterable[Leg], other: Iterable[Leg]) -> bool:
    """Whether two transfers move the same money, in whatever order their legs stand."""
    return Counter(one) == Counter(other)


def step_id(thing: UUID, step: str) -> UUID:
    """The transfer id of one step in the life of a gift or payout (RFC 9562 §5.5): each step can happen once."""
    return uuid5(thing, step)
