"""The words of TipTop Pay in ours: signatures of webhooks, states, what of a webhook may be kept. Pure."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from enum import IntEnum
from urllib.parse import unquote_plus

from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import UNDECIDED, GiftState, Word
from demeu.treasury.gateways.amounts import tiyn_of

KINDS = ("check", "pay", "fail", "confirm", "refund", "cancel", "recurrent")
KEPT = (
    "TransactionId",
    "Amount",
    "Currency",
    "DateTime",
    "InvoiceId",
    "SubscriptionId",
    "Status",
    "ReasonCode",
    "TestMode",
    "OperationType",
)
WORDS = {"Completed": Word.PAID, "Declined": Word.FAILED, "Cancelled": Word.FAILED}
TEXT_MAX = 100


class Code(IntEnum):
    """Answers to a Check webhook."""

    OK = 0
    WRONG_INVOICE = 10
    WRONG_SUM = 12
    NOT_ACCEPTED = 13
    EXPIRED = 20


def is_signed(body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """Whether `Content-HMAC` (body as it came) or `X-Content-HMAC` (URL-decoded) is there, and each one is right."""
    decoded = unquote_plus(body.decode(errors="replace")).encode()
    shown = [(headers.get("content-hmac"), body), (headers.get("x-content-hmac"), decoded)]
    checked = [hmac.compare_digest(mark.encode(), mark_of(text, secret)) for mark, text in shown if mark]
    return bool(checked) and all(checked)


def mark_of(text: bytes, secret: str) -> bytes:
    """Base64 of HMAC-SHA-256 with the API secret."""
    return b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest())


def check_code(*, state: GiftState | None, asked_tiyn: int, paid_tiyn: int, currency: str) -> Code:
    """Whether a payment that the gateway is about to take may be taken."""
    if state is None:
        return Code.WRONG_INVOICE
    if state is GiftState.EXPIRED:
        return Code.EXPIRED
    if state not in UNDECIDED:
        return Code.NOT_ACCEPTED
    return Code.OK if asked_tiyn == paid_tiyn and currency == "KZT" else Code.WRONG_SUM


def kept_part(fields: Mapping[str, str]) -> dict[str, object]:
    """What of a webhook may be stored: no name, e-mail, address, card or its token; short texts."""
    return {name: fields[name][:TEXT_MAX] for name in KEPT if name in fields}


def order_number(fields: Mapping[str, str]) -> int | None:
    """The order that a webhook speaks of, if it is a number of ours (6–15 digits)."""
    text = fields.get("InvoiceId", "")
    return int(text) if text.isascii() and text.isdigit() and 6 <= len(text) <= 15 else None


def word_of(model: Mapping[str, object] | None) -> GatewayWord:
    """Our word for a found payment; none = nobody has tried to pay yet."""
    if model is None:
        return GatewayWord(Word.WAITING)
    word = WORDS.get(str(model.get("Status")), Word.WAITING)
    card = f"{model.get('CardFirstSix') or ''}{model.get('CardLastFour') or ''}"
    return GatewayWord(
        word=word,
        amount_tiyn=tiyn_of(model.get("Amount")),
        currency=str(model.get("Currency", "")),
        reference=str(model.get("TransactionId", ""))[:40],
        reason=str(model.get("ReasonCode", ""))[:80] if word is Word.FAILED else "",
        instrument=str(model.get("Token") or card),
    )
