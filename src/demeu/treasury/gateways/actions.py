"""Opening a gateway's page for a gift, keeping callbacks, and asking what became of a payment."""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from demeu.contracts.treasury import GiftStart, PaymentPage
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.allocation.tasks import allocate
from demeu.treasury.donations.actions.gifts import GatewayWord, hear_gateway, page_given, start_gift
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import UNDECIDED, GiftState, Word
from demeu.treasury.gateways.defence import admit, note_outcome
from demeu.treasury.gateways.instruments import digest_of, note_instrument
from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder
from demeu.treasury.gateways.ports import Callback, Gateway, Order
from demeu.treasury.gateways.queries import order_of, secret_of_order
from demeu.treasury.gateways.refunds import ask_refund_of_blocked
from demeu.treasury.gateways.registry import gateway_named

QUESTION = "check"
ASKED_LATELY = timedelta(seconds=1)


@transaction.atomic
def start_payment(*, asked: GiftStart, gateway: Gateway) -> PaymentPage:
    """Start a gift and get the gateway's page for it; asked again, the same order gets a page again."""
    admit(gift=asked.gift, gateway=gateway.name, origin=asked.origin, donor=asked.donor)
    gift = start_gift(asked=asked, gateway=gateway.name)
    order = order_of(gift.id) or _make_order(gift.id, gateway.name)
    page = gateway.open_page(
        Order(order.number, order.secret, gift.amount_tiyn, gift.lang, asked.back_url, asked.failure_url, asked.monthly)
    )
    shown = page_given(gift=gift.id)
    return PaymentPage(
        gift=gift.id,
        state=shown.state.value,
        gateway=gateway.name,
        script_url=page.script_url,
        script_params=page.script_params,
        link_url=page.link_url,
        expires_at=shown.expires_at,
    )


@transaction.atomic
def begin_charge(*, asked: GiftStart, gateway: Gateway) -> Order:
    """A gift that is charged without its donor: its number at the gateway, before anything is sent there."""
    gift = start_gift(asked=asked, gateway=gateway.name)
    order = order_of(gift.id) or _make_order(gift.id, gateway.name)
    page_given(gift=gift.id)
    return Order(order.number, order.secret, gift.amount_tiyn, gift.lang, "", "", monthly=True)


@transaction.atomic
def keep_callback(*, gateway: str, kind: str, callback: Callback) -> UUID:
    """Store what a gateway sent and queue its processing; nothing else happens before the gateway is answered."""
    from demeu.treasury.gateways.tasks import check_callback

    known = secret_of_order(callback.order_number) if callback.order_number is not None else ""
    shown = callback.secret.encode(errors="replace")
    row = GatewayCallback.objects.create(
        id=new_id(),
        gateway=gateway,
        kind=kind,
        order_number=callback.order_number,
        secret_ok=bool(known) and (callback.signed or hmac.compare_digest(known.encode(), shown)),
        body=callback.kept,
        at=clock.now(),
    )
    if kind != QUESTION:
        check_callback.defer(callback=str(row.id))
    return row.id


def resolve_gift(*, gift: UUID) -> GiftState:
    """Ask the gateway what became of a gift and apply its answer. A silent gateway is an answer, too."""
    known = gift_view(gift)
    order = order_of(gift)
    if order is None:
        return known.state
    if known.state not in (*UNDECIDED, GiftState.EXPIRED, GiftState.DECLINED):
        return known.state
    try:
        heard = gateway_named(known.gateway).ask_status(order.number)
    except Refusal:
        heard = GatewayWord(Word.UNREACHABLE)
    apply_word(gift=gift, heard=heard)
    return gift_view(gift).state


def refresh_gift(*, gift: UUID) -> None:
    """Ask about an undecided gift, unless it was asked about a moment ago."""
    known = gift_view(gift)
    lately = known.asked_at is not None and known.asked_at > clock.now() - ASKED_LATELY
    if known.state in UNDECIDED and not lately:
        resolve_gift(gift=gift)


@transaction.atomic
def apply_word(*, gift: UUID, heard: GatewayWord) -> bool:
    """Apply a gateway's word; a gift received just now is allocated next, unless its card is blocked: it goes back."""
    received = hear_gateway(gift=gift, heard=heard)
    note_outcome(gift=gift, state=gift_view(gift).state, card=digest_of(heard.instrument) if heard.instrument else "")
    blocked = note_instrument(gift=gift, named=heard.instrument) if received else False
    if blocked:
        ask_refund_of_blocked(gift=gift)
    elif received:
        allocate.defer(gift=str(gift))
    return received


def _make_order(gift: UUID, gateway: str) -> GatewayOrder:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('treasury_gateways_order_number')")
        number = int(cursor.fetchone()[0])
    return GatewayOrder.objects.create(
        number=number, gift=gift, gateway=gateway, secret=secrets.token_hex(24), made_at=clock.now()
    )
