"""Promises of rolled-up balances: exact while many write, where a watermark by id loses money."""

import random
import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Audit
from demeu.kernel.testing import wait_until
from demeu.treasury.ledger import queries
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.models import Posting, RollUp
from demeu.treasury.ledger.promises import promises_kept, require_sound_books
from demeu.treasury.ledger.rolling import roll_up
from demeu.treasury.ledger.rules import Account, Kind, moved
from demeu.treasury.ledger.tasks import check_books, roll_up_balances

ONE_LAYER = pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.")
pytestmark = [pytest.mark.django_db(transaction=True), ONE_LAYER]

WRITERS = 6
TRANSFERS_EACH = 40
BY_ID = """
WITH newer AS (SELECT max(id) AS upto, coalesce(sum(amount_tiyn), 0) AS total FROM treasury_ledger_posting
                WHERE account = 'funds:received' AND id > (SELECT upto FROM planted))
UPDATE planted SET amount = amount + newer.total, upto = greatest(planted.upto, newer.upto) FROM newer
"""
BY_ID_BALANCE = """
SELECT amount + coalesce((SELECT sum(amount_tiyn) FROM treasury_ledger_posting
                           WHERE account = 'funds:received' AND id > planted.upto), 0) FROM planted
"""


def write(amount_tiyn: int) -> None:
    legs = moved(amount_tiyn, out_of=Account.GATEWAY_HALYK, into=Account.RECEIVED)
    post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=legs)


def broken_in_books() -> list[str]:
    return [broken.name for broken in broken_invariants() if broken.name.startswith("ledger.")]


def summed() -> int:
    rows = Posting.objects.filter(account=Account.RECEIVED).values_list("amount_tiyn", flat=True)
    return sum(rows)


def one_value(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def roll_up_all() -> None:
    """Roll up when nothing written before can be waited for: other databases of this server have transactions too."""
    newest = one_value("SELECT pg_current_xact_id()::text::bigint")
    oldest = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    wait_until(lambda: one_value(oldest) > newest, within_s=60, what="older transactions of other databases to end")
    roll_up()


@pytest.fixture
def planted() -> object:
    """The wrong roll-up, by the largest id seen."""
    execute("CREATE TABLE planted AS SELECT 0::bigint AS upto, 0::bigint AS amount")
    yield
    execute("DROP TABLE planted")


def test_a_smaller_id_that_commits_later_is_lost_by_id_and_kept_by_transaction(planted: None) -> None:
    slow = psycopg.connect(**connection.get_connection_params())  # type: ignore[arg-type]
    with slow:
        transfer = new_id()
        slow.execute(
            "SELECT treasury_ledger_post(%s, '{receive}', now(), '{\"{}\"}', '{NULL}', '{final}', '{NULL}', '{1,1}',"
            " '{0,1}', '{assets:gateway:halyk,funds:received}', '{500,-500}', '{NULL,NULL}', '{NULL,NULL}',"
            " '{NULL,NULL}', '{NULL,NULL}')",
            [[transfer]],
        )
        write(70)
        roll_up()
        execute(BY_ID)
        assert queries.account_balance_tiyn(Account.RECEIVED) == -70 == one_value(BY_ID_BALANCE)
    roll_up()
    execute(BY_ID)
    assert summed() == -570 == queries.account_balance_tiyn(Account.RECEIVED)
    assert one_value(BY_ID_BALANCE) == -70


def test_rolling_up_is_exact_while_many_write_and_by_id_it_is_not(planted: None) -> None:
    done, wrong = threading.Event(), []

    def writer(seed: int) -> None:
        draw = random.Random(seed)
        try:
            for _ in range(TRANSFERS_EACH):
                with transaction.atomic():
                    for _ in range(draw.randint(1, 3)):
                        write(draw.randint(1, 10**6))
                    execute(f"SELECT pg_sleep({draw.choice((0, 0, 0.002, 0.01))})")
                    transaction.set_rollback(draw.random() < 0.2)
        finally:
            connection.close()

    def roller() -> None:
        try:
            while not done.is_set():
                roll_up_balances.run()
                execute(BY_ID)
                with transaction.atomic():
                    execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    if queries.account_balance_tiyn(Account.RECEIVED) != summed():
                        wrong.append(summed())
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(seed,)) for seed in range(WRITERS)]
    rolling = threading.Thread(target=roller)
    for thread in (*threads, rolling):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    rolling.join()
    roll_up_all()
    assert wrong == []
    assert queries.account_balance_tiyn(Account.RECEIVED) == summed() != 0
    assert one_value("SELECT amount_tiyn FROM treasury_ledger_rollup WHERE account = 'funds:received'") == summed()
    assert abs(one_value(BY_ID_BALANCE)) < abs(summed()), "the planted roll-up by id must lose money"
    assert broken_in_books() == []


def test_a_roll_up_of_another_server_is_not_believed() -> None:
    write(70)
    roll_up()
    execute("UPDATE treasury_ledger_rollup SET cluster = cluster - 1, amount_tiyn = 99, upto = '99999999'")
    write(5)
    assert queries.account_balance_tiyn(Account.RECEIVED) == -75
    roll_up_all()
    assert RollUp.objects.get(account=Account.RECEIVED).amount_tiyn == -75


@pytest.mark.breaks("ledger.balance_is_sum")
def test_the_checks_see_a_changed_roll_up() -> None:
    write(70)
    roll_up()
    assert broken_in_books() == []
    execute("UPDATE treasury_ledger_rollup SET amount_tiyn = amount_tiyn + 1 WHERE account = 'funds:received'")
    assert broken_in_books() == ["ledger.balance_is_sum"]


def test_the_hourly_check_is_kept_and_raises_an_alarm_when_a_promise_is_broken() -> None:
    check_books.run()
    assert Audit.objects.filter(action="books.check").latest("at").facts["broken"] == []
    write(70)
    roll_up()
    execute("UPDATE treasury_ledger_rollup SET amount_tiyn = 1 WHERE account = 'funds:received'")
    check_books.run()
    assert Audit.objects.filter(action="books.check").count() == 1, "not before it is due"
    with clock.frozen(clock.now() + timedelta(hours=1)), pytest.raises(Refusal, match=r"books\.broken"):
        check_books.run()
    kept = Audit.objects.filter(action="books.check").latest("at").facts
    assert "ledger.balance_is_sum" in kept["broken"] and kept["promises"] > 20
    with pytest.raises(Refusal, match=r"books\.broken"):
        require_sound_books()
    told = promises_kept()
    assert "ledger.balance_is_sum" in {one.name for one in told.promises if not one.holds}
    assert len(told.promises) == kept["promises"] and all(one.says for one in told.promises)
    assert sum(day.checks for day in told.days) == 2 and "ledger.balance_is_sum" in told.days[-1].broken
    RollUp.objects.all().delete()
