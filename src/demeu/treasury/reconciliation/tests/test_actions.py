"""Promises of reconciliation, against real PostgreSQL; the bank is a port, vault's reading is given as its answer."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.db import DatabaseError, connection, transaction

from demeu.contracts.vault.payees import StatementLine as Line
from demeu.contracts.vault.payees import StatementLines
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.treasury import figures
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.actions import resolve_gift, start_payment
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.ledger.queries import account_balance_tiyn
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts.bank import Bank
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.reconciliation.actions import (
    match_lines,
    note_bank_day,
    read_notifications,
    read_statements,
    store_lines,
)
from demeu.treasury.reconciliation.cards import suspense_cards
from demeu.treasury.reconciliation.models import LineMatch, StatementLine
from demeu.treasury.reconciliation.queries import bank_days, bank_now, cursor_of, unmatched_lines
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
IBAN = "KZ86125KZT5004100100"
ALL = 750_000


def line(ref: str, amount_tiyn: int, **changes: object) -> Line:
    plain: dict[str, object] = {
        "entry_ref": ref,
        "amount_tiyn": amount_tiyn,
        "currency": "KZT",
        "booked_at": datetime(2026, 11, 22, tzinfo=UTC),
    }
    return Line.model_validate({**plain, **changes})


def book(*lines: Line, cursor: int = 1) -> int:
    told = StatementLines(lines=lines, account_ok=True, closing_balance_tiyn=sum(one.amount_tiyn for one in lines))
    store_lines(iban=IBAN, cursor=cursor, lines=told)
    return match_lines()


def given_gift(story: Story, halyk: Halyk, *, resolved: bool = True) -> tuple[UUID, str]:
    """A gift through Halyk with the reference of its settlement."""
    asked = story.asked(ALL)
    start_payment(asked=asked, gateway=halyk.gateway)
    halyk.paid(ALL / 100)
    if resolved:
        resolve_gift(gift=asked.gift)
        run_jobs()
    order = order_of(asked.gift)
    assert order is not None
    return asked.gift, f"EPAY/{order.number}/R1"


def test_a_settlement_makes_received_money_held(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    assert book(line("A1", ALL, reference=reference)) == 1
    [money] = figures.cases_money([story.case]).cases
    assert money.sums.held_tiyn == ALL
    assert account_balance_tiyn(Account.BANK) == ALL and account_balance_tiyn(Account.GATEWAY_HALYK) == 0
    assert broken_invariants() == []


def test_what_the_gateway_took_is_a_cost_and_the_gift_stays_whole(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL - 7_500, reference=reference, fee_tiyn=7_500))
    [money] = figures.cases_money([story.case]).cases
    assert money.sums.held_tiyn == ALL
    assert (account_balance_tiyn(Account.BANK), account_balance_tiyn(Account.FEES)) == (ALL - 7_500, 7_500)
    assert broken_invariants() == []


def test_a_bank_faster_than_the_callback_makes_the_gateway_be_asked(story: Story, halyk: Halyk) -> None:
    gift, reference = given_gift(story, halyk, resolved=False)
    assert book(line("A1", ALL, reference=reference)) == 1
    run_jobs()
    assert gift_view(gift).held_at is not None
    [money] = figures.cases_money([story.case]).cases
    assert money.sums.held_tiyn == ALL
    assert broken_invariants() == []


def test_an_entry_that_the_bank_repeats_counts_once(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference), line("A1", ALL, reference=reference))
    book(line("A1", ALL, reference=reference), cursor=2)
    assert StatementLine.objects.count() == LineMatch.objects.count() == 1
    assert broken_invariants() == []


def test_money_from_nowhere_stands_in_suspense_with_an_owner() -> None:
    book(line("A1", 12_345), line("A2", -45))
    assert account_balance_tiyn(Account.SUSPENSE) == -12_300
    assert {match.owner for match in unmatched_lines()} == {"role:fund_staff"}
    assert broken_invariants() == []


def test_a_settlement_of_another_sum_waits_and_then_goes_to_suspense(story: Story, halyk: Halyk) -> None:
    gift, reference = given_gift(story, halyk)
    assert book(line("A1", ALL - 1, reference=reference)) == 0
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert match_lines() == 1
    assert gift_view(gift).held_at is None and account_balance_tiyn(Account.SUSPENSE) == -(ALL - 1)
    assert broken_invariants() == []


def test_one_line_that_does_not_fit_stops_no_other(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    foreign = line("A0", -5, end_to_end_id=UUID(int=9).hex)
    assert book(foreign, line("A1", ALL, reference=reference)) == 1
    assert [match.line.entry_ref for match in LineMatch.objects.select_related("line")] == ["A1"]


def test_payments_and_returns_follow_the_statement(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference))
    payout = story.prepare(ALL)
    story.approve(payout)
    book(line("A2", -ALL, end_to_end_id=payout.hex), cursor=2)
    assert payout_view(payout).state == "settled" and account_balance_tiyn(Account.BANK) == 0
    book(line("A3", ALL, end_to_end_id=payout.hex, reason="AC04"), cursor=3)
    assert payout_view(payout).state == "returned" and account_balance_tiyn(Account.BANK) == ALL
    assert broken_invariants() == []


def test_many_matchers_at_once_book_a_line_once(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    told = StatementLines(
        lines=(line("A1", ALL, reference=reference), line("A2", 7)), account_ok=True, closing_balance_tiyn=0
    )
    store_lines(iban=IBAN, cursor=1, lines=told)

    def match() -> None:
        try:
            match_lines()
        finally:
            connection.close()

    threads = [threading.Thread(target=match) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert account_balance_tiyn(Account.BANK) == ALL + 7
    assert broken_invariants() == []


def bank_that_says(status: int = 200, cursor: int = 4) -> Bank:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["X-Api-Key"] == "k" and request.url.params["after"] in ("0", "4")
        return httpx.Response(status, text="<xml/>", headers={"X-Next-Cursor": str(cursor)})

    return Bank("http://bank.test", "k", IBAN, httpx.Client(transport=httpx.MockTransport(answer)))


def test_reading_goes_on_after_the_cursor_and_vault_is_not_asked_about_nothing() -> None:
    asked: list[str] = []

    def extract(xml: str) -> StatementLines:
        asked.append(xml)
        return StatementLines(lines=(line("A1", 7),), account_ok=True, closing_balance_tiyn=7)

    assert read_statements(bank=bank_that_says(), extract=extract) == 1
    assert cursor_of(IBAN) == 4
    assert read_statements(bank=bank_that_says(), extract=extract) == 0
    assert len(asked) == 1


def test_a_statement_of_another_account_or_a_silent_bank_changes_nothing() -> None:
    def foreign(xml: str) -> StatementLines:
        return StatementLines(lines=(line("A1", 7),), account_ok=False, closing_balance_tiyn=7)

    with pytest.raises(Refusal, match=r"statement\.other_account"):
        read_statements(bank=bank_that_says(), extract=foreign)
    with pytest.raises(Refusal, match=r"bank\.unavailable"):
        read_statements(bank=bank_that_says(status=503), extract=foreign)
    assert cursor_of(IBAN) == 0 and StatementLine.objects.count() == 0


def test_lines_and_matches_cannot_be_changed() -> None:
    book(line("A1", 7))
    for table in ("statementline", "linematch"):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM treasury_reconciliation_{table}")


def test_a_notification_books_sooner_and_the_statement_does_not_book_again() -> None:
    told = StatementLines(lines=(line("A1", 7),), account_ok=True, closing_balance_tiyn=None)
    assert read_notifications(bank=bank_that_says(), extract=lambda xml: told) == 1
    assert cursor_of(IBAN) == 0 and match_lines() == 1
    stated = told.model_copy(update={"closing_balance_tiyn": 7})
    assert read_statements(bank=bank_that_says(), extract=lambda xml: stated) == 0
    assert match_lines() == 0 and account_balance_tiyn(Account.BANK) == 7


def test_bank_and_books_are_told_apart_and_a_day_is_kept_once(settings: Any) -> None:
    settings.DEMEU_TREASURY_FUND_IBAN = IBAN
    assert bank_now().in_bank_tiyn is None
    stated = StatementLines(lines=(line("A1", 7), line("A2", 5)), account_ok=True, closing_balance_tiyn=12)
    store_lines(iban=IBAN, cursor=2, lines=stated)
    before = bank_now()
    assert (before.in_bank_tiyn, before.in_ledger_tiyn, before.waiting_tiyn) == (12, 0, 12)
    note_bank_day()
    match_lines()
    note_bank_day()
    after = bank_now()
    assert (after.in_ledger_tiyn, after.waiting_tiyn, after.suspense_tiyn, after.suspense_lines) == (12, 0, 12, 2)
    assert [day.waiting_tiyn for day in bank_days(9)] == [12]
    assert [(one.entry_ref, one.owner) for one in suspense_cards()] == [
        ("A1", "role:fund_staff"),
        ("A2", "role:fund_staff"),
    ]
