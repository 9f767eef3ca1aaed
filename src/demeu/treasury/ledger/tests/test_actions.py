"""Promises of the books, against real PostgreSQL."""

import random
import threading
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.ledger import queries
from demeu.treasury.ledger.actions import post_transfer, post_transfers, reverse_transfer
from demeu.treasury.ledger.models import Posting, Transfer
from demeu.treasury.ledger.rules import Account, Entry, Kind, Leg, Lot, moved

ONE_LAYER = pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.")
pytestmark = [pytest.mark.django_db(transaction=True), ONE_LAYER]


def gift_legs(amount_tiyn: int = 750_000, gift: UUID | None = None) -> list[Leg]:
    return moved(amount_tiyn, out_of=Account.GATEWAY_HALYK, into=Account.RECEIVED, lot=Lot(gift=gift or new_id()))


def broken_in_books() -> set[str]:
    return {broken.name for broken in broken_invariants() if broken.name.startswith("ledger.")}


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_posted_transfer_balances_and_keeps_its_lot() -> None:
    gift = new_id()
    post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=gift_legs(gift=gift))
    [lot] = queries.lots(gift=gift)
    assert (lot.state, lot.amount_tiyn, lot.lot.gift) == ("received", 750_000, gift)
    assert queries.account_balance_tiyn(Account.GATEWAY_HALYK) == 750_000
    assert sum(queries.balances_tiyn().values()) == 0
    assert broken_in_books() == set()


def test_the_same_id_again_writes_nothing_and_other_content_is_refused() -> None:
    transfer, legs = new_id(), gift_legs()
    assert post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=legs).fresh
    assert not post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=legs).fresh
    assert Posting.objects.count() == 2
    with pytest.raises(Refusal, match=r"ledger\.transfer_differs"):
        post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=gift_legs(1))


def test_fifty_writers_of_one_id_write_it_once() -> None:
    transfer, legs = new_id(), gift_legs()
    fresh: list[bool] = []

    def write() -> None:
        try:
            fresh.append(post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=legs).fresh)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fresh) == [False] * 49 + [True]
    assert Posting.objects.count() == 2


def test_a_reversal_mirrors_every_leg_and_happens_once() -> None:
    transfer, gift = new_id(), new_id()
    post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=gift_legs(gift=gift))
    assert reverse_transfer(transfer=transfer).fresh
    assert not reverse_transfer(transfer=transfer).fresh
    assert queries.lots(gift=gift) == []
    assert set(queries.balances_tiyn().values()) == {0}
    assert broken_in_books() == set()


def test_reversing_what_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match=r"ledger\.transfer_unknown"):
        reverse_transfer(transfer=new_id())


def test_postgresql_itself_refuses_a_transfer_that_does_not_sum_to_zero() -> None:
    with pytest.raises(IntegrityError, match="off by 1 tiyn"), transaction.atomic():
        post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=gift_legs())
        head = Transfer.objects.get()
        Posting.objects.create(transfer=head, position=2, account=Account.BANK, amount_tiyn=1)
    assert Transfer.objects.count() == 0


def test_a_leg_cannot_be_slipped_in_after_the_constraints_were_checked_early() -> None:
    with pytest.raises(IntegrityError, match="off by 1 tiyn"), transaction.atomic():
        post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=gift_legs())
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        Posting.objects.create(transfer=Transfer.objects.get(), position=2, account=Account.BANK, amount_tiyn=1)
    assert Transfer.objects.count() == 0


def test_the_sum_is_checked_at_the_end_even_without_the_check_of_each_statement() -> None:
    execute("ALTER TABLE treasury_ledger_posting DISABLE TRIGGER USER")
    try:
        with pytest.raises(IntegrityError, match="off by 1 tiyn"), transaction.atomic():
            post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=gift_legs())
            Posting.objects.create(transfer=Transfer.objects.get(), position=2, account=Account.BANK, amount_tiyn=1)
    finally:
        execute("ALTER TABLE treasury_ledger_posting ENABLE TRIGGER USER")


def test_a_batch_writes_what_is_new_and_leaves_what_is_known() -> None:
    entries = [Entry(new_id(), Kind.RECEIVE, gift_legs(100 + number)) for number in range(150)]
    post_transfers(entries=entries[:50])
    posted = post_transfers(entries=entries)
    assert [one.fresh for one in posted] == [False] * 50 + [True] * 100
    assert [one.transfer for one in posted] == [entry.transfer for entry in entries]
    assert (Transfer.objects.count(), Posting.objects.count()) == (150, 300)
    assert queries.account_balance_tiyn(Account.RECEIVED) == -sum(100 + number for number in range(150))
    assert post_transfers(entries=[]) == [] and broken_in_books() == set()


def test_one_bad_transfer_of_a_batch_writes_none_of_it() -> None:
    known = Entry(new_id(), Kind.RECEIVE, gift_legs(100))
    post_transfers(entries=[known])
    changed = Entry(known.transfer, Kind.RECEIVE, gift_legs(101))
    with pytest.raises(Refusal, match=r"ledger\.transfer_differs"), transaction.atomic():
        post_transfers(entries=[Entry(new_id(), Kind.RECEIVE, gift_legs()), changed])
    again = Entry(known.transfer, Kind.REFUND, known.legs)
    with pytest.raises(Refusal, match=r"ledger\.transfer_differs"):
        post_transfers(entries=[again])
    with pytest.raises(Refusal, match=r"ledger\.repeated_in_batch"):
        post_transfers(entries=[known, known])
    assert Transfer.objects.count() == 1


def test_batches_with_the_same_transfers_in_any_order_do_not_block_each_other() -> None:
    entries = [Entry(new_id(), Kind.RECEIVE, gift_legs(100 + number)) for number in range(40)]
    made: list[int] = []

    def write(seed: int) -> None:
        shuffled = list(entries)
        random.Random(seed).shuffle(shuffled)
        try:
            made.append(sum(one.fresh for one in post_transfers(entries=shuffled)))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and sum(made) == 40 and Transfer.objects.count() == 40


def test_postgresql_itself_refuses_a_transfer_without_postings() -> None:
    with pytest.raises(IntegrityError, match="fewer than two"), transaction.atomic():
        execute(
            "INSERT INTO treasury_ledger_transfer (id, kind, at, reason, phase)"
            " VALUES (%s, 'receive', now(), '{}', 'final')",
            new_id(),
        )


def test_postings_cannot_join_a_transfer_later_even_when_they_balance() -> None:
    transfer = new_id()
    post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=gift_legs())
    with pytest.raises(IntegrityError, match="after its transfer"), transaction.atomic():
        Posting.objects.create(transfer_id=transfer, position=8, account=Account.BANK, amount_tiyn=1)
        Posting.objects.create(transfer_id=transfer, position=9, account=Account.HELD, amount_tiyn=-1)


def test_no_setting_of_a_session_switches_the_balance_off() -> None:
    """`pgtrigger.ignore` is a way around triggers that any user of the database may set for itself."""
    transfer = new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text || ':' || tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'"
        )
        every = ",".join(f'"{name}"' for [name] in cursor.fetchall())
    with pytest.raises(IntegrityError, match="is off by"), transaction.atomic():
        execute("SELECT set_config('pgtrigger.ignore', %s, true)", "{" + every + "}")
        Transfer.objects.create(id=transfer, kind=Kind.RECEIVE, at=clock.now())
        Posting.objects.create(transfer_id=transfer, position=0, account=Account.BANK, amount_tiyn=1)


def test_a_posting_cannot_claim_another_moment_of_writing() -> None:
    transfer = new_id()
    with pytest.raises(IntegrityError, match="after its transfer"), transaction.atomic():
        Transfer.objects.create(id=transfer, kind=Kind.RECEIVE, at=clock.now())
        execute(
            "INSERT INTO treasury_ledger_posting (transfer_id, position, account, amount_tiyn, xid)"
            " VALUES (%s, 0, 'funds:held', 1, '3'), (%s, 1, 'assets:bank:fund', -1, '3')",
            transfer, transfer,
        )  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE treasury_ledger_posting SET amount_tiyn = amount_tiyn * 2",
        "DELETE FROM treasury_ledger_posting",
        "UPDATE treasury_ledger_transfer SET kind = 'pay'",
        "DELETE FROM treasury_ledger_transfer",
    ],
)
def test_the_books_cannot_be_changed_or_shortened(sql: str) -> None:
    post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=gift_legs())
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        execute(sql)
    assert Posting.objects.count() == 2


@pytest.mark.breaks("ledger.funds_never_negative")
def test_the_checks_see_a_planted_negative_fund() -> None:
    post_transfer(transfer=new_id(), kind=Kind.PAY, legs=moved(1, out_of=Account.HELD, into=Account.BANK, lot=Lot()))
    assert "ledger.funds_never_negative" in broken_in_books()


@pytest.mark.breaks("ledger.")
def test_the_checks_see_a_planted_one_sided_posting() -> None:
    transfer = new_id()
    post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=gift_legs())
    execute("ALTER TABLE treasury_ledger_posting DISABLE TRIGGER USER")
    execute("UPDATE treasury_ledger_posting SET amount_tiyn = amount_tiyn + 1 WHERE position = 0")
    execute("ALTER TABLE treasury_ledger_posting ENABLE TRIGGER USER")
    assert "ledger.transfer_sums_to_zero" in broken_in_books()
