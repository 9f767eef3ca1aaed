"""Opening an operation at the gateway: access tokens, payment pages, payment links.

Never opens an invoice twice with another amount: the number belongs to one operation for ever.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import forbidden, invalid
from demeu.sandbox.banks.models import Order, Token
from demeu.sandbox.banks.rules.epay_states import Status, is_invoice
from demeu.sandbox.banks.rules.plain_text import printable
from demeu.sandbox.banks.rules.tenge import AMOUNT_TIYN_MAX, WrongAmount, tiyn_of_number

TOKEN_LIFE_S = 7200
LINK_LENGTH_MAX = 500


@dataclass(frozen=True)
class Links:
    """Where the payer and the notices go."""

    post_link: str = ""
    failure_post_link: str = ""
    back_link: str = ""
    failure_back_link: str = ""


@dataclass(frozen=True)
class Wish:
    """What the merchant says about an operation; the amount as it came over the wire."""

    invoice_id: str
    amount: object
    terminal: str
    currency: str
    links: Links
    secret_hash: str = ""
    language: str = ""
    description: str = ""
    account_id: str = ""
    save_card: bool = False


def amount_tiyn_of(amount: object) -> int:
    """A payable amount in tiyn; raises ``epay.amount``."""
    try:
        amount_tiyn = tiyn_of_number(amount)
    except WrongAmount as error:
        raise invalid("epay.amount") from error
    if not 0 < amount_tiyn <= AMOUNT_TIYN_MAX:
        raise invalid("epay.amount")
    return amount_tiyn


@transaction.atomic
def issue_token(*, wish: Wish | None) -> str:
    """A token for one operation, or (no wish) for status and operations only; raises ``epay.*``."""
    order = _order_for(wish) if wish else None
    token = secrets.token_urlsafe(32)
    Token.objects.create(token=token, order=order, expires_at=clock.now() + timedelta(seconds=TOKEN_LIFE_S))
    return token


@transaction.atomic
def open_page(*, token: str, wish: Wish) -> Order:
    """The order whose page the payer's browser may see, with the widget's links and texts; raises ``epay.*``."""
    bound = live_token(token)
    order = Order.objects.select_for_update().filter(invoice_id=wish.invoice_id).first()
    if order is None or bound.order_id != order.pk:
        raise forbidden("epay.token_of_another_invoice")
    if order.amount_tiyn != amount_tiyn_of(wish.amount):
        raise invalid("epay.amount_differs")
    return _describe(order, wish)


@transaction.atomic
def make_link(*, token: str, wish: Wish) -> Order:
    """The order behind a payment link; made when the token is not bound to one; raises ``epay.*``."""
    bound = live_token(token)
    order = _order_for(wish)
    if bound.order_id not in (None, order.pk):
        raise forbidden("epay.token_of_another_invoice")
    return _describe(order, wish)


def live_token(token: str) -> Token:
    """The token when it exists and has not expired; raises ``epay.token``."""
    known = Token.objects.filter(token=printable(token), expires_at__gt=clock.now())
    found = known.first() if token else None
    if found is None:
        raise forbidden("epay.token")
    return found


@transaction.atomic
def open_order(*, wish: Wish, gateway: str, recurring: bool = False) -> Order:
    """The order of a gateway without tokens, with its page open; the same order again is the same; ``epay.*``."""
    order = _order_for(wish, gateway)
    order.recurring = order.recurring or recurring
    return _describe(order, wish)


def _order_for(wish: Wish, gateway: str = "epay") -> Order:
    if not is_invoice(wish.invoice_id):
        raise invalid("epay.invoice_id")
    if wish.currency != "KZT":
        raise invalid("epay.currency")
    if wish.terminal != settings.DEMEU_SANDBOX_EPAY_TERMINAL:
        raise invalid("epay.terminal")
    amount_tiyn = amount_tiyn_of(wish.amount)
    Order.objects.bulk_create(
        [Order(gateway=gateway, invoice_id=wish.invoice_id, amount_tiyn=amount_tiyn, terminal=wish.terminal)],
        ignore_conflicts=True,
    )
    order = Order.objects.select_for_update().get(invoice_id=wish.invoice_id)
    if order.status != Status.NEW or order.tried_at is not None or order.gateway != gateway:
        raise invalid("epay.invoice_used")
    if order.amount_tiyn != amount_tiyn:
        raise invalid("epay.amount_differs")
    order.secret_hash = wish.secret_hash[:255] or order.secret_hash
    order.post_link = _link(wish.links.post_link) or order.post_link
    order.failure_post_link = _link(wish.links.failure_post_link) or order.failure_post_link
    order.save()
    return order


def _describe(order: Order, wish: Wish) -> Order:
    order.post_link = order.post_link or _link(wish.links.post_link)
    order.failure_post_link = order.failure_post_link or _link(wish.links.failure_post_link) or order.post_link
    order.back_link = _link(wish.links.back_link) or order.back_link
    order.failure_back_link = _link(wish.links.failure_back_link) or order.failure_back_link or order.back_link
    order.language = wish.language if wish.language in ("rus", "kaz", "eng") else order.language
    order.description = wish.description[:255] or order.description
    order.account_id = wish.account_id[:64] or order.account_id
    order.recurring = order.recurring or wish.save_card
    order.opened_at = order.opened_at or clock.now()
    order.save()
    return order


def _link(link: str) -> str:
    """An absolute http(s) address or nothing; raises ``epay.link``."""
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or len(link) > LINK_LENGTH_MAX or any(sign.isspace() or sign < " " for sign in link):
        raise invalid("epay.link")
    return link
