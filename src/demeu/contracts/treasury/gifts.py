"""Gifts, from the gateway's page to the receipt."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.contracts.words import Language
from demeu.kernel.operations import Event, Message, Operation


class GiftTarget(Message):
    """What a gift is for. `id` is the case or item; `code` the need group, the region's КАТО or the programme.

    `sustainability` pays for running the platform, `reserve` waits for emergencies: neither is shared out among needs.
    """

    kind: Literal["case", "item", "group", "region", "programme", "fund", "sustainability", "reserve"]
    id: UUID | None = None
    code: str | None = None


class GiftOrigin(Message):
    """Where a gift is begun from, as keyed hashes (hex) that portal makes: treasury sees sameness, never an address."""

    address: str = Field(max_length=64)
    subnet: str = Field(max_length=64)
    device: str = Field(default="", max_length=64)


class GiftStart(Message):
    """A donor is about to pay. `gift` is made by the asker and is the idempotency key for ever."""

    gift: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)
    addition_tiyn: int = Field(default=0, ge=0, le=AMOUNT_TIYN_MAX)
    """What of the amount the donor adds for running the platform; never shared out among needs."""
    currency: Literal["KZT"] = "KZT"
    target: GiftTarget
    fallback: Literal["same_group", "same_region", "most_urgent", "ask", "return"] = "most_urgent"
    anonymous: bool = True
    donor: UUID | None = None
    offer_version: str = Field(max_length=40)
    lang: Language = "ru"
    gateway: Literal["halyk", "kaspi", "freedom", "tiptop", "transfer"] = "halyk"
    origin: GiftOrigin | None = None
    monthly: bool = False
    """Whether it is to come again every month; then `donor` is named."""
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


class SurplusAsked(Message):
    """A gift's surplus waits for its donor's word: one of `ways`; without it `default` holds from `answer_by` on."""

    amount_tiyn: int
    asked_at: datetime
    answer_by: datetime
    ways: tuple[str, ...]
    default: str


class SurplusAnswer(Message):
    """The donor's word about a surplus; of a guest's gift, that of whoever holds its address."""

    gift: UUID
    way: Literal["same_group", "same_region", "most_urgent", "return"]


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
    fee_tiyn: int = 0
    """What the gateway kept; the fund pays it, so that the gift stays whole."""
    addition_tiyn: int = 0
    surplus: SurplusAsked | None = None


class Receipt(Message):
    """The receipt of a received gift: PDF (base64, with the proof attached) and the proof text by itself."""

    pdf_b64: str
    proof: str
    log_index: int


class ReceiptQuestion(Message):
    """A gift's receipt in one language."""

    gift: UUID
    lang: Language = "ru"


GIFT_START = Operation("gifts.start", GiftStart, PaymentPage, intake=True)
GIFT_STATUS = Operation("gifts.status", GiftQuestion, Gift, repeatable=True)
GIFT_ANSWER = Operation("gifts.answer", SurplusAnswer, Gift)
GIFT_RECEIPT = Operation("gifts.receipt", ReceiptQuestion, Receipt, repeatable=True)


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


class GiftAsks(Event):
    """A part of a gift was not needed, and its donor wanted to be asked."""

    name: ClassVar[str] = "gift.asks"
    gift: UUID
    donor: UUID | None
    amount_tiyn: int
    answer_by: datetime
