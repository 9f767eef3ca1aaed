"""Promises about gifts by bank transfer: the invoice's number and sum find the gift in the bank's statement."""

import pytest

from demeu.contracts.vault.payees import StatementLine, StatementLines
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.actions import resolve_gift, start_payment
from demeu.treasury.gateways.models import GatewayOrder
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.transfer.gateway import TransferGateway
from demeu.treasury.ledger.queries import balances_tiyn
from demeu.treasury.reconciliation.actions import match_lines, store_lines
from demeu.treasury.reconciliation.models import LineMatch
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = 750_000


def invoice() -> GatewayOrder:
    story = Story()
    story.declare()
    asked = story.asked(WHOLE, gateway="transfer")
    page = start_payment(asked=asked, gateway=TransferGateway("Demeu", "KZ86125KZT5004100100", "DEMUKZK0"))
    order = order_of(asked.gift)
    assert order is not None and page.script_params["purpose"] == f"DEMEU-{order.number}"
    assert page.script_params["amount"] == "7500.00"
    return order


def booked(order: GatewayOrder, amount_tiyn: int, ref: str = "") -> None:
    line = StatementLine.model_validate(
        {
            "entry_ref": ref or new_id().hex,
            "amount_tiyn": amount_tiyn,
            "currency": "KZT",
            "booked_at": clock.now(),
            "reference": f"TRANSFER/{order.number}/1",
        }
    )
    told = StatementLines(lines=(line,), account_ok=True, closing_balance_tiyn=0)
    store_lines(iban="KZ86125KZT5004100100", cursor=1, lines=told)
    match_lines()
    run_jobs()


def test_a_transfer_is_received_and_held_by_the_same_line_once() -> None:
    order = invoice()
    assert resolve_gift(gift=order.gift) == "pending"
    for _ in range(3):
        booked(order, WHOLE, "E1")
    gift = gift_view(order.gift)
    assert gift.state == "received" and gift.held_at is not None
    assert balances_tiyn()["assets:gateway:transfer"] == 0 and balances_tiyn()["assets:bank:fund"] == WHOLE
    assert Announcement.objects.filter(name="gift.received").count() == 1


def test_another_sum_is_nobodys_gift_until_people_look() -> None:
    order = invoice()
    booked(order, WHOLE - 1)
    assert gift_view(order.gift).state == "unknown" and gift_view(order.gift).received_at is None
    assert LineMatch.objects.count() == 0


def test_a_second_transfer_for_the_same_invoice_waits_for_people() -> None:
    order = invoice()
    booked(order, WHOLE)
    booked(order, WHOLE)
    assert balances_tiyn()["assets:bank:fund"] == WHOLE and LineMatch.objects.count() == 1
