"""The words of Halyk ePay 2.0 in ours: amounts, states, what of a callback may be kept. Pure."""

import json
from collections.abc import Mapping

from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.amounts import tiyn_of as tiyn_of
from demeu.treasury.gateways.ports import Callback

LANGUAGES = {"kk": "kaz", "ru": "rus", "en": "eng"}
SCOPE = "webapi usermanagement email_send verification statement statistics payment"
KEPT = (
    "id",
    "dateTime",
    "invoiceId",
    "amount",
    "currency",
    "terminal",
    "reference",
    "intReference",
    "approvalCode",
    "secure3D",
    "code",
    "reason",
    "reasonCode",
)
WORDS = {
    "CHARGE": Word.PAID,
    "FAILED": Word.FAILED,
    "REJECT": Word.FAILED,
    "CANCEL": Word.FAILED,
    "REFUND": Word.FAILED,
}
TEXT_MAX = 100
SECRET_MAX = 128
NUMBER_MAX = 10**18


def read_callback(body: bytes) -> Callback | None:
    """A callback from its bytes; None unless it is a JSON object."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    return Callback(order_number(read), str(read.get("secret_hash", ""))[:SECRET_MAX], kept_part(read))


def kept_part(body: Mapping[str, object]) -> dict[str, object]:
    """What of a callback may be stored: no holder's name, e-mail, phone, address, card or its token; short texts."""
    return {name: _short(body[name]) for name in KEPT if name in body}


def order_number(body: Mapping[str, object]) -> int | None:
    """The order that a callback speaks of, if it is a number of ours (6–15 digits)."""
    text = str(body.get("invoiceId") or body.get("invoiceID") or "")
    return int(text) if text.isascii() and text.isdigit() and 6 <= len(text) <= 15 else None


def word_of(transaction: Mapping[str, object] | None) -> GatewayWord:
    """Our word for a transaction of the status answer; none = nobody has tried to pay yet."""
    if transaction is None:
        return GatewayWord(Word.WAITING)
    word = WORDS.get(str(transaction.get("statusName")), Word.WAITING)
    return GatewayWord(
        word=word,
        amount_tiyn=tiyn_of(transaction.get("amount")),
        currency=str(transaction.get("currency", "")),
        reference=str(transaction.get("reference", ""))[:40],
        reason=f"{transaction.get('reasonCode', '')}" if word is Word.FAILED else "",
        instrument=str(transaction.get("cardMask") or ""),
    )


def _short(value: object) -> object:
    """Whole numbers, flags and null stay; all else becomes short text that PostgreSQL can keep."""
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < NUMBER_MAX):
        return value
    return str(value)[:TEXT_MAX].replace("\x00", "").encode(errors="replace").decode()
