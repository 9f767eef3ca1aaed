"""What each gateway writes to the merchant about a payment: address, text, headers.

Never contains more of a card than its mask and a token that pays nothing.
"""

import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import new as new_mac
from urllib.parse import unquote_plus, urlencode, urlsplit

from django.conf import settings

from demeu.kernel.clock import ALMATY
from demeu.sandbox.banks.models import Order
from demeu.sandbox.banks.queries import operation_of
from demeu.sandbox.banks.rules.json_text import json_text
from demeu.sandbox.banks.rules.notices import notice
from demeu.sandbox.banks.rules.pg_sig import sign
from demeu.sandbox.banks.rules.tenge import tenge_text

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Letter:
    """A notice; `url` only where it differs from the order's own address."""

    body: str
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def letter_of(order: Order, *, failed: bool, amount_tiyn: int, kind: str) -> Letter:
    """The notice of an order in its gateway's own form; a forged one is signed with a wrong secret."""
    if order.gateway == "freedom":
        return _freedom(order, failed=failed, amount_tiyn=amount_tiyn, forged=kind == "forged")
    if order.gateway == "kaspi":
        return Letter("", kaspi_question(order, "pay", amount_tiyn))
    if order.gateway == "tiptop":
        return tiptop_letter(order, amount_tiyn=amount_tiyn, forged=kind == "forged")
    return Letter(json_text(notice(operation_of(order), failed=failed, amount_tiyn=amount_tiyn)))


def kaspi_question(order: Order, command: str, amount_tiyn: int) -> str:
    """The address of a check or pay question about an order."""
    asked = {
        "command": command,
        "txn_id": str(700_000_000 + order.pk),
        "account": order.invoice_id,
        "sum": tenge_text(amount_tiyn),
    }
    if command == "pay" and order.tried_at:
        asked["txn_date"] = f"{order.tried_at.astimezone(ALMATY):%Y%m%d%H%M%S}"
    return f"{settings.DEMEU_SANDBOX_KASPI_MERCHANT_URL}?{urlencode(asked)}"


def tiptop_letter(order: Order, *, amount_tiyn: int, forged: bool = False) -> Letter:
    """A webhook's form with both its signatures; a forged one is signed with a wrong secret."""
    fields = {
        "TransactionId": str(order.pk),
        "Amount": tenge_text(amount_tiyn),
        "Currency": "KZT",
        "DateTime": f"{order.tried_at:%Y-%m-%d %H:%M:%S}" if order.tried_at else "",
        "CardFirstSix": order.card_mask[:6],
        "CardLastFour": order.card_mask[-4:],
        "CardType": "Visa",
        "Status": "Completed" if order.status == "CHARGE" else "Declined",
        "ReasonCode": str(order.reason_code),
        "TestMode": "1",
        "InvoiceId": order.invoice_id,
        "Name": order.payer_name,
        "Token": card_token(order),
    }
    body = urlencode(fields)
    secret = b"a forger's guess" if forged else settings.DEMEU_SANDBOX_TIPTOP_SECRET.encode()
    marks = {
        name: b64encode(new_mac(secret, text.encode(), sha256).digest()).decode()
        for name, text in (("Content-HMAC", body), ("X-Content-HMAC", unquote_plus(body)))
    }
    return Letter(body, headers={"Content-Type": FORM, **marks})


def card_token(order: Order) -> str:
    """A token of the card that pays nothing outside this sandbox; the same card always has the same."""
    return sha256(f"sandbox:{order.card_mask}".encode()).hexdigest()[:32]


def _freedom(order: Order, *, failed: bool, amount_tiyn: int, forged: bool) -> Letter:
    fields = {
        "pg_order_id": order.invoice_id,
        "pg_payment_id": str(order.pk),
        "pg_amount": tenge_text(amount_tiyn),
        "pg_currency": "KZT",
        "pg_net_amount": tenge_text(amount_tiyn),
        "pg_ps_amount": tenge_text(amount_tiyn),
        "pg_ps_currency": "KZT",
        "pg_result": "0" if failed else "1",
        "pg_payment_date": f"{order.tried_at:%Y-%m-%d %H:%M:%S}" if order.tried_at else "",
        "pg_can_reject": "0",
        "pg_user_phone": "77010000000",
        "pg_card_pan": order.card_mask,
        "pg_card_brand": "VI",
        "pg_card_token": card_token(order),
        "pg_captured": "0" if failed else "1",
        "pg_testing_mode": "1",
        "pg_salt": secrets.token_hex(8),
    }
    if failed:
        fields |= {"pg_failure_code": str(order.reason_code or 455), "pg_failure_description": order.reason}
    if order.recurring and not failed:
        fields["pg_recurring_profile_id"] = order.operation.hex
    secret = "a forger's guess" if forged else settings.DEMEU_SANDBOX_FREEDOM_SECRET
    fields["pg_sig"] = sign(urlsplit(order.post_link).path.rpartition("/")[2], fields, secret)
    return Letter(urlencode(fields), headers={"Content-Type": FORM})
