"""Promises of holds and of looking back, against real PostgreSQL."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.ledger import queries
from demeu.treasury.ledger.actions import hold_money, post_hold, post_transfer, post_transfers, void_hold
from demeu.treasury.ledger.rules import HOLDING, Account, Entry, Kind, Leg, Lot, Phase, mirrored, moved

ONE_LAYER = pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.")
pytestmark = [pytest.mark.django_db(transaction=True), ONE_LAYER]

MORNING = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def held_gift(amount_tiyn: int = 1_000) -> Lot:
    lot = Lot(gift=new_id())
    legs = moved(amount_tiyn, out_of=Account.BANK, into=Account.HELD, lot=lot)
    post_transfer(transfer=new_id(), kind=Kind.SETTLE, legs=legs)
    return lot


def set_aside(lot: Lot, amount_tiyn: int = 600) -> tuple[UUID, list[Leg]]:
    hold, legs = new_id(), moved(amount_tiyn, out_of=Account.HELD, into=HOLDING, lot=lot)
    hold_money(transfer=hold, kind=Kind.RESERVE, legs=legs)
    return hold, legs


def standing(lot: Lot) -> dict[Account, int]:
    return {one.account: one.amount_tiyn for one in queries.lots(gift=lot.gift)}


def broken_in_books() -> set[str]:
    return {broken.name for broken in broken_invariants() if broken.name.startswith("ledger.")}


def spent(lot: Lot, amount_tiyn: int, back_tiyn: int = 0) -> list[Leg]:
    legs = moved(amount_tiyn, out_of=HOLDING, into=Account.PAID, lot=lot)
    legs += [Leg(Account.HELP, amount_tiyn, lot), Leg(Account.BANK, -amount_tiyn, lot)]
    return legs + (moved(back_tiyn, out_of=HOLDING, into=Account.HELD, lot=lot) if back_tiyn else [])


def test_held_money_is_not_there_to_be_spent_and_comes_back_when_the_hold_is_voided() -> None:
    lot = held_gift()
    hold, _ = set_aside(lot)
    assert standing(lot) == {Account.HELD: 400, HOLDING: 600}
    assert queries.open_holds() == [hold]
    assert void_hold(hold=hold).fresh and not void_hold(hold=hold).fresh
    assert standing(lot) == {Account.HELD: 1_000}
    assert queries.open_holds() == [] and broken_in_books() == set()


def test_a_hold_is_posted_once_in_part_or_whole_and_the_rest_is_free_again() -> None:
    lot = held_gift()
    hold, _ = set_aside(lot)
    payment = new_id()
    assert post_hold(hold=hold, transfer=payment, kind=Kind.PAY, legs=spent(lot, 450, 150)).fresh
    assert not post_hold(hold=hold, transfer=payment, kind=Kind.PAY, legs=spent(lot, 450, 150)).fresh
    assert standing(lot) == {Account.HELD: 550, Account.PAID: 450}
    with pytest.raises(Refusal, match=r"ledger\.hold_ended"):
        void_hold(hold=hold)
    with pytest.raises(Refusal, match=r"ledger\.hold_ended"):
        post_hold(hold=hold, transfer=new_id(), kind=Kind.PAY, legs=spent(lot, 600))
    assert broken_in_books() == set()


@pytest.mark.breaks("ledger.set_aside_is_held", "ledger.funds_never_negative")
def test_what_is_no_hold_cannot_be_ended_as_one() -> None:
    with pytest.raises(Refusal, match=r"ledger\.transfer_unknown"):
        void_hold(hold=new_id())
    plain = new_id()
    post_transfer(transfer=plain, kind=Kind.RESERVE, legs=moved(1, out_of=Account.HELD, into=HOLDING))
    with pytest.raises(Refusal, match=r"ledger\.not_a_hold"):
        void_hold(hold=plain)
    with pytest.raises(IntegrityError, match="is no hold"), transaction.atomic():
        legs = moved(1, out_of=HOLDING, into=Account.HELD)
        post_transfers(entries=[Entry(new_id(), Kind.PAY, legs, phase=Phase.POST, hold=plain)])


def test_postgresql_itself_refuses_an_end_that_leaves_something_set_aside() -> None:
    lot = held_gift()
    hold, _ = set_aside(lot)
    with pytest.raises(IntegrityError, match="does not end hold"), transaction.atomic():
        post_transfers(entries=[Entry(new_id(), Kind.PAY, spent(lot, 599), phase=Phase.POST, hold=hold)])
    assert queries.open_holds() == [hold]


def test_of_many_that_end_a_hold_at_once_exactly_one_does() -> None:
    lot = held_gift()
    hold, _ = set_aside(lot)
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def end(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                void_hold(hold=hold)
                outcomes.append("voided")
            else:
                post_hold(hold=hold, transfer=new_id(), kind=Kind.PAY, legs=spent(lot, 600))
                outcomes.append("posted")
        except Refusal as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended = set(outcomes) - {"ledger.hold_ended"}
    assert len(outcomes) == 8 and len(ended) == 1 and outcomes.count("posted") <= 1
    assert broken_in_books() == set()


@pytest.mark.breaks("ledger.set_aside_is_held")
def test_the_checks_see_money_set_aside_without_a_hold() -> None:
    lot = held_gift()
    post_transfer(transfer=new_id(), kind=Kind.RESERVE, legs=moved(5, out_of=Account.HELD, into=HOLDING, lot=lot))
    assert broken_in_books() == {"ledger.set_aside_is_held"}


def test_the_books_tell_how_they_stood_at_any_moment() -> None:
    with clock.frozen(MORNING):
        lot = held_gift()
    with clock.frozen(MORNING + timedelta(hours=1)):
        hold, legs = set_aside(lot)
    with clock.frozen(MORNING + timedelta(hours=2)):
        post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=moved(7, out_of=Account.BANK, into=Account.HELD))
        void_hold(hold=hold)
    before = queries.balances_tiyn(at=MORNING - timedelta(seconds=1))
    assert before == {} and queries.open_holds(at=MORNING) == []
    then = MORNING + timedelta(minutes=90)
    assert queries.balances_tiyn(at=then) == {"assets:bank:fund": 1_000, "funds:held": -400, "funds:reserved": -600}
    assert {one.account: one.amount_tiyn for one in queries.lots(gift=lot.gift, at=then)} == {
        Account.HELD: 400,
        HOLDING: 600,
    }
    assert queries.open_holds(at=then) == [hold]
    assert queries.fund_totals_tiyn(at=then) == {"received": 0, "held": 1_000, "paid": 0, "delivered": 0}
    latest = queries.balances_tiyn(at=MORNING + timedelta(hours=2))
    assert latest == queries.balances_tiyn() == {"assets:bank:fund": 1_007, "funds:held": -1_007, "funds:reserved": 0}
    assert mirrored(legs) == queries.legs_of(queries.hold_ended_by(hold) or hold)
