"""Payouts with four eyes, and deliveries with the family's word."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.kernel.operations import Empty, Event, Message, Operation


class PayoutQuote(Message):
    """What one supplier asks for an item: the price of all of it, its code in the price list, the file in vault."""

    item: UUID
    code: str = Field(max_length=40)
    quantity: int = Field(ge=1, le=100_000)
    price_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)
    document: UUID | None = None
    chosen: bool = False


PayeeKind = Literal["supplier", "clinic", "landlord", "creditor", "bank", "beneficiary"]


class PayableTo(Message):
    """Who may be paid for an item, by the price list."""

    item: UUID
    kinds: tuple[PayeeKind, ...] = Field(min_length=1)


class PayoutPrepare(Message):
    """Pay a supplier for items whose money is held. The actor of the call is the preparer."""

    payout: UUID
    case: UUID
    items: tuple[UUID, ...] = Field(min_length=1, max_length=50)
    payee: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)
    invoice_number: str = Field(min_length=1, max_length=40)
    invoice_document: UUID | None = None
    preparer: UUID
    quotes: tuple[PayoutQuote, ...] = Field(default=(), max_length=150)
    """One to three for each item, one of them chosen."""
    payee_kind: PayeeKind = "supplier"
    """As what the payee is paid."""
    payable_to: tuple[PayableTo, ...] = Field(default=(), max_length=50)
    """An item that is not named may be paid to anybody but the beneficiary."""


class PayoutApprove(Message):
    """An officer approves, in the role that portal vouches for, with a signature in vault over the payout's text."""

    payout: UUID
    approver: UUID
    signature: UUID
    role: Literal["finance_approver", "fund_staff"] = "finance_approver"


class PayoutReject(Message):
    """The approver says no, with a reason code."""

    payout: UUID
    approver: UUID
    reason: str = Field(max_length=200)


class PayoutQuestion(Message):
    """One payout."""

    payout: UUID


class PayoutReason(Message):
    """Why to look closely: a code with its facts (sums in tiyn, counts, references)."""

    code: str
    facts: dict[str, str | int] = {}


class PayoutApproval(Message):
    """One signed yes."""

    approver: UUID
    role: str
    signature: UUID
    at: datetime


class Payout(Message):
    """A payout as it stands: prepared, approved, sent, settled, rejected, returned, held."""

    payout: UUID
    case: UUID
    items: tuple[UUID, ...]
    payee: UUID
    amount_tiyn: int
    invoice_number: str
    payee_kind: PayeeKind = "supplier"
    state: str
    prepared_at: datetime
    preparer: UUID
    approver: UUID | None
    settled_at: datetime | None
    warnings: tuple[str, ...] = ()
    log_index: int | None = None
    required: dict[str, int] = {}
    """Role → how many of it must approve this amount."""
    lacking: dict[str, int] = {}
    """Role → how many approvals are still awaited."""
    approvals: tuple[PayoutApproval, ...] = ()
    reasons: tuple[PayoutReason, ...] = ()
    held_until: datetime | None = None
    stopped: bool = False
    """By financial monitoring, until two people have decided."""
    quotes: tuple[PayoutQuote, ...] = ()


class PayoutList(Message):
    """Payouts, newest first."""

    payouts: tuple[Payout, ...]


class PayoutFilter(Message):
    """Payouts in one of these states (all when empty), for one case when given."""

    states: tuple[str, ...] = ()
    case: UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class DeliveryRecord(Message):
    """An act of delivery of a paid item; confirmed later by the family."""

    case: UUID
    item: UUID
    act_document: UUID
    act_sha256: str = Field(min_length=64, max_length=64)
    photo: UUID | None = None
    """The photo of the things in vault, to be compared with those of other deliveries."""


class DeliveryConfirm(Message):
    """The family confirmed (by tap or SMS) that the item came."""

    case: UUID
    item: UUID
    by: Literal["sms", "tap", "institution"]


PAYOUT_PREPARE = Operation("payouts.prepare", PayoutPrepare, Payout)
PAYOUT_APPROVE = Operation("payouts.approve", PayoutApprove, Payout)
PAYOUT_REJECT = Operation("payouts.reject", PayoutReject, Payout)
PAYOUT_SHOW = Operation("payouts.show", PayoutQuestion, Payout, repeatable=True)
PAYOUT_LIST = Operation("payouts.list", PayoutFilter, PayoutList, repeatable=True)
DELIVERY_RECORD = Operation("deliveries.record", DeliveryRecord, Empty)
DELIVERY_CONFIRM = Operation("deliveries.confirm", DeliveryConfirm, Empty)


class PayoutChanged(Event):
    """A payout moved to another state."""

    name: ClassVar[str] = "payout.changed"
    payout: UUID
    case: UUID
    items: tuple[UUID, ...]
    state: str


class DeliveryConfirmed(Event):
    """The family has the item."""

    name: ClassVar[str] = "delivery.confirmed"
    case: UUID
    item: UUID
