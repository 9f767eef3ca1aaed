"""The same thing asked for at the same moment from several sides happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from demeu.kernel.errors import Refusal
from demeu.sandbox.banks.actions import cards, payments, tokens
from demeu.sandbox.banks.models import Movement, Settlement
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND, pain001

pytestmark = pytest.mark.django_db(transaction=True)
SIDES = 6


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What each of several threads got, started together."""
    start = Barrier(SIDES)

    def run(_: int) -> Any:
        start.wait(timeout=10)
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(SIDES) as pool:
        return list(pool.map(run, range(SIDES)))


def wish() -> tokens.Wish:
    links = tokens.Links(back_link="http://127.0.0.1/b")
    terminal = "67e34d63-102f-4bd1-898e-370781d0074d"
    return tokens.Wish(invoice_id="500000001", amount="100", terminal=terminal, currency="KZT", links=links)


def test_one_order_is_paid_and_refunded_once_however_often_it_is_sent() -> None:
    at_once(lambda: tokens.issue_token(wish=wish()))
    order = tokens.open_page(token=tokens.issue_token(wish=wish()), wish=wish())
    at_once(lambda: cards.pay(page=order.page, card="4405630000000007", name="T", address=None))
    assert Settlement.objects.count() == 1
    answers = at_once(lambda: cards.refund(operation=order.operation, amount_tiyn=None))
    assert sum(isinstance(answer, Refusal) for answer in answers) == SIDES - 1
    assert [row.amount_tiyn for row in Movement.objects.filter(account__iban=FUND).order_by("number")] == [
        10000,
        -10000,
    ]
    assert broken_invariants() == []


def test_one_message_is_executed_once_and_numbers_have_no_gap() -> None:
    at_once(lambda: payments.receive_credit(iban=FUND, amount_tiyn=1_000_000, text="", payer=""))
    answers = at_once(lambda: payments.take_message(body=pain001()))
    assert sum(b"<GrpSts>ACSC" in answer for answer in answers) == 1
    assert sum(b"<Cd>DUPL" in answer for answer in answers) == SIDES - 1
    numbers = list(Movement.objects.filter(account__iban=FUND).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, SIDES + 2))
    assert broken_invariants() == []
