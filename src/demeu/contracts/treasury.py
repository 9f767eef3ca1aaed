"""What treasury promises: needs, gifts, payouts, deliveries, money figures, the transparency log. And its events.

Treasury knows references, sums and states, never who a person is.
"""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.words import Language, NeedGroup, Urgency
from demeu.kernel.operations import Empty, Event, Message, Operation

AMOUNT_TIYN_MAX = 10**13

# ---- needs -------------------------------------------------------------------------------------------------------


class NeedItem(Message):
    """One priced item of a published case."""

    item: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)


class NeedDeclare(Message):
    """A published case may receive money for these items. Declared again, it replaces what is still unfunded."""

    case: UUID
    group: NeedGroup
    region_kato: str = Field(min_length=9, max_length=9)
    urgency: Urgency
    opened_at: datetime
    curator: UUID
    items: tuple[NeedItem, ...] = Field(min_length=1, max_length=50)


class NeedClose(Message):
    """The case takes no more money."""

    case: UUID
    reason: Literal["completed", "withdrawn", "suspended", "expired"]


NEED_DECLARE = Operation("needs.declare", NeedDeclare, Empty)
NEED_CLOSE = Operation("needs.close", NeedClose, Empty)

# ---- gifts -------------------------------------------------------------------------------------------------------


class GiftTarget(Message):
    """What a gift is for. `id` is the case or item; `code` the need group or the region's КАТО."""

    kind: Literal["case", "item", "group", "region", "fund"]
    id: UUID | None = None
    code: str | None = None


class GiftStart(Message):
    """A donor is about to pay. `gift` is made by the asker and is the idempotency key for ever."""

    gift: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)
    currency: Literal["KZT"] = "KZT"
    target: GiftTarget
    fallback: Literal["same_group", "same_region", "most_urgent", "return"] = "most_urgent"
    anonymous: bool = True
    donor: UUID | None = None
    offer_version: str = Field(max_length=40)
    lang: Language = "ru"
    back_url: str = Field(max_length=300)
    failure_url: str = Field(max_length=300)


class PaymentPage(Message):
    """How the browser reaches the gateway's own page: by its script, or by a plain link without JavaScript."""

    gift: UUID
    state: str
    gateway: str
    script_url: str
    script_params: dict[str, str | int | bool | dict[str, str]]
    link_url: str
    expires_at: datetime


class GiftQuestion(Message):
    """One gift."""

    gift: UUID


class GiftPart(Message):
    """Where a part of a gift stands. The four sums of all parts add up to the gift."""

    item: UUID | None
    case: UUID | None
    amount_tiyn: int
    state: Literal["received", "held", "paid", "delivered"]


class Gift(Message):
    """A gift as it stands: started, pending, received, declined, expired, unknown, refunded, charged_back."""

    gift: UUID
    state: str
    amount_tiyn: int
    currency: str
    target: GiftTarget
    started_at: datetime
    received_at: datetime | None
    parts: tuple[GiftPart, ...]
    log_index: int | None
    decline_reason: str | None = None


class Receipt(Message):
    """The receipt of a received gift: PDF (base64, with the proof attached) and the proof text by itself."""

    pdf_b64: str
    proof: str
    log_index: int


class ReceiptQuestion(Message):
    """A gift's receipt in one language."""

    gift: UUID
    lang: Language = "ru"


GIFT_START = Operation("gifts.start", GiftStart, PaymentPage)
GIFT_STATUS = Operation("gifts.status", GiftQuestion, Gift, repeatable=True)
GIFT_RECEIPT = Operation("gifts.receipt", ReceiptQuestion, Receipt, repeatable=True)

# ---- payouts and deliveries --------------------------------------------------------------------------------------


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


class PayoutApprove(Message):
    """A second officer approves with a kept signature over the payout's text."""

    payout: UUID
    approver: UUID
    signature: UUID


class PayoutReject(Message):
    """The approver says no, with a reason code."""

    payout: UUID
    approver: UUID
    reason: str = Field(max_length=200)


class PayoutQuestion(Message):
    """One payout."""

    payout: UUID


class Payout(Message):
    """A payout as it stands: prepared, approved, sent, settled, rejected, returned, held."""

    payout: UUID
    case: UUID
    items: tuple[UUID, ...]
    payee: UUID
    amount_tiyn: int
    invoice_number: str
    state: str
    prepared_at: datetime
    preparer: UUID
    approver: UUID | None
    settled_at: datetime | None
    warnings: tuple[str, ...] = ()
    log_index: int | None = None


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

# ---- figures and trail -------------------------------------------------------------------------------------------


class MoneySums(Message):
    """Exactly one state per tenge: the four add up to all that was received and not returned."""

    received_tiyn: int
    held_tiyn: int
    paid_tiyn: int
    delivered_tiyn: int


class ItemMoney(Message):
    """Money of one item."""

    item: UUID
    needed_tiyn: int
    sums: MoneySums


class CaseMoney(Message):
    """Money of one case and of each of its items."""

    case: UUID
    needed_tiyn: int
    sums: MoneySums
    gifts: int
    items: tuple[ItemMoney, ...]


class CasesQuestion(Message):
    """Up to a hundred cases at once."""

    cases: tuple[UUID, ...] = Field(max_length=100)


class CasesMoney(Message):
    """In the order asked; unknown cases are left out."""

    cases: tuple[CaseMoney, ...]


class CaseQuestion(Message):
    """One case."""

    case: UUID


class TrailStep(Message):
    """One proved step of money: what happened, to which item, with the number of its record in the log."""

    at: datetime
    kind: Literal[
        "received", "held", "allocated", "payout_prepared", "payout_approved", "paid", "delivered", "confirmed"
    ]
    item: UUID | None
    amount_tiyn: int
    log_index: int | None


class CaseTrail(Message):
    """Every step of the case's money, oldest first."""

    steps: tuple[TrailStep, ...]


class PlatformMoney(Message):
    """Public totals, and the last movements."""

    sums: MoneySums
    gifts: int
    donors_estimate: int
    last_steps: tuple[TrailStep, ...]
    broken_invariants: tuple[str, ...]
    log_size: int
    log_root: str
    as_of: datetime


MONEY_OF_CASES = Operation("money.cases", CasesQuestion, CasesMoney, repeatable=True)
MONEY_TRAIL = Operation("money.trail", CaseQuestion, CaseTrail, repeatable=True)
MONEY_PLATFORM = Operation("money.platform", Empty, PlatformMoney, repeatable=True)

# ---- transparency log --------------------------------------------------------------------------------------------


class LogAppend(Message):
    """A commitment (SHA-256, hex) to something that happened, without personal data."""

    kind: str = Field(max_length=40)
    commitment: str = Field(min_length=64, max_length=64)


class LogAppended(Message):
    """Its place in the log."""

    index: int


class LogCheck(Message):
    """The proof text of a receipt, as the donor holds it."""

    proof: str = Field(max_length=40_000)


class LogStep(Message):
    """One step of the check: `readable`, `signature`, `commitment`, `inclusion`; whether it holds."""

    name: Literal["readable", "signature", "commitment", "inclusion"]
    ok: bool


class LogChecked(Message):
    """The steps up to the first that fails, and where the record stands when all hold; `facts` as the receipt opens them."""

    ok: bool
    steps: tuple[LogStep, ...]
    index: int | None = None
    size: int | None = None
    facts: dict[str, str] = {}


LOG_APPEND = Operation("log.append", LogAppend, LogAppended)
LOG_CHECK = Operation("log.check", LogCheck, LogChecked, repeatable=True)

# ---- events ------------------------------------------------------------------------------------------------------


class GiftReceived(Event):
    """The gateway confirmed a gift."""

    name: ClassVar[str] = "gift.received"
    gift: UUID
    amount_tiyn: int
    target_kind: str
    case: UUID | None
    donor: UUID | None


class GiftFailed(Event):
    """A gift ended without money: declined or expired."""

    name: ClassVar[str] = "gift.failed"
    gift: UUID
    state: str


class CaseMoneyChanged(Event):
    """Figures of a case changed; the event carries them, so that the catalogue serves without treasury."""

    name: ClassVar[str] = "case.money_changed"
    case: UUID
    money: CaseMoney
    at: datetime


class ItemFunded(Event):
    """All the money of an item has been allocated; `held` tells whether the bank has confirmed all of it."""

    name: ClassVar[str] = "item.funded"
    case: UUID
    item: UUID
    held: bool


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
