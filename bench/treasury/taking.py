"""Takes the figures of the area `treasury` and prints them as JSON. Run by `area.py` with the treasury's settings."""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import django
from load import per_s
from rows import Row

SECONDS, ROUNDS, BATCH, CLIENTS = 2, 3, 100, 8
AREA = "treasury"


def bare_per_s(call: str, clients: int = 1) -> float:
    """Calls a second by pgbench, each its own transaction."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"SELECT {call};\n")
        script.flush()
        command = [os.environ["BENCH_PGBENCH"], "-n", "-c", str(clients), "-j", "2", "-T", str(SECONDS)]
        command += ["-f", script.name, os.environ["BENCH_URL"]]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found.group(1))


class Hordak:
    """django-hordak in a process of its own, on a database of the same server; measures when asked."""

    def __init__(self) -> None:
        command = [os.environ["BENCH_PEERS_PYTHON"], str(Path(__file__).parent.parent / "peers" / "hordak_books.py")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def per_s(self) -> float:
        """Its transfers a second."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{SECONDS}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        """It leaves when nobody asks any more."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)


def in_turn(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Medians of two that take turns."""
    pairs = [(one(), other()) for _ in range(ROUNDS)]
    return statistics.median(first for first, _ in pairs), statistics.median(second for _, second in pairs)


def books() -> list[Row]:
    """Single, batched, hot and spread."""
    from demeu.kernel.ids import new_id
    from demeu.treasury.ledger.actions import post_transfer, post_transfers
    from demeu.treasury.ledger.rules import Account, Entry, Kind, Lot, moved

    def entry() -> Entry:
        gift = new_id()
        return Entry(gift, Kind.RECEIVE, moved(100, out_of=Account.GATEWAY_HALYK, into=Account.RECEIVED, lot=Lot(gift)))

    def single() -> None:
        one = entry()
        post_transfer(transfer=one.transfer, kind=one.kind, legs=one.legs)

    def batch() -> None:
        post_transfers(entries=[entry() for _ in range(BATCH)])

    one, bare = in_turn(lambda: per_s(single, for_s=SECONDS), lambda: bare_per_s("bare_post(1)"))
    hordak = Hordak()
    ours, other = in_turn(lambda: per_s(single, for_s=SECONDS), hordak.per_s)
    hordak.end()
    many, bare_many = in_turn(
        lambda: per_s(batch, for_s=SECONDS) * BATCH, lambda: bare_per_s(f"bare_post({BATCH})") * BATCH
    )
    hot, spread = in_turn(lambda: bare_per_s("ours_hot()", CLIENTS), lambda: bare_per_s("ours_spread()", CLIENTS))
    return [
        Row(AREA, "transfers, one a call", one, "/s", "bare PL/pgSQL by pgbench (goal 0.6)", one / bare),
        Row(AREA, "transfers, one a call, again", ours, "/s", "django-hordak (goal 4)", ours / other),
        Row(AREA, f"transfers, {BATCH} a call", many, "/s", "bare PL/pgSQL by pgbench (goal 0.8)", many / bare_many),
        Row(AREA, f"one hot account, {CLIENTS} clients", hot, "/s", "spread (goal 0.9)", hot / spread),
    ]


def coherence(postings: int) -> list[Row]:
    """Every promise of the books over so many postings; a balance by roll-up beside the sum of all."""
    from django.db import connection

    from demeu.treasury.ledger.checks import CHECKS
    from demeu.treasury.ledger.queries import balances_tiyn
    from demeu.treasury.ledger.rolling import roll_up

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(treasury_ledger_post(ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 1000)),"
            " array_fill('receive'::text, '{1000}'), now(), array_fill('{}'::text, '{1000}'),"
            " array_fill(NULL::uuid, '{1000}'), array_fill('final'::text, '{1000}'), array_fill(NULL::uuid, '{1000}'),"
            " ARRAY(SELECT (n + 1) / 2 FROM generate_series(1, 2000) n),"
            " ARRAY(SELECT n %% 2 FROM generate_series(1, 2000) n),"
            " ARRAY(SELECT CASE n %% 2 WHEN 0 THEN 'assets:gateway:halyk' ELSE 'funds:received' END"
            "         FROM generate_series(1, 2000) n),"
            " ARRAY(SELECT CASE n %% 2 WHEN 0 THEN 100 ELSE -100 END FROM generate_series(1, 2000) n),"
            " array_fill(NULL::uuid, '{2000}'), array_fill(NULL::uuid, '{2000}'), array_fill(NULL::uuid, '{2000}'),"
            " array_fill(NULL::uuid, '{2000}'))) FROM generate_series(1, %s)",
            [postings // 2000],
        )
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM treasury_ledger_posting")
        [count] = cursor.fetchone() or [0]
        began = time.perf_counter()
        for check in CHECKS:
            cursor.execute(check.sql)
            assert cursor.fetchall() == [], check.name
        checked_s = time.perf_counter() - began
    summed_s = _seconds(balances_tiyn)
    rolling_s = _seconds(roll_up)
    rolled_s = _seconds(balances_tiyn)
    return [
        Row(AREA, f"coherence of {count:,} postings (goal 60 s a million)", checked_s, "s"),
        Row(AREA, "first roll-up of all accounts", rolling_s, "s"),
        Row(AREA, "all balances by roll-up", rolled_s * 1000, "ms", "sum of all postings", rolled_s / summed_s),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def allocation(gifts: int) -> list[Row]:
    """Gifts over a tenth as many needs, by the current rule."""
    from demeu.treasury.allocation.rules import RULES, VERSION, Candidate, Wish
    from demeu.treasury.allocation.sharing import Offer, share_all

    draw = random.Random(1)  # noqa: S311 - the same gifts each time
    at = datetime(2026, 11, 22, tzinfo=UTC)
    groups, urgencies = list(RULES[VERSION].group), ("emergency", "high", "normal", "normal")
    regions = [
        f"{code}0000000" for code in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75)
    ]
    needs = [
        Candidate(
            UUID(int=number), UUID(int=10**9 + number // 2), draw.choice(groups), draw.choice(regions),
            draw.choice(urgencies), at - timedelta(hours=draw.randrange(3000)), number % 2,
            draw.randrange(10**5, 10**7), 10**7, draw.randrange(10**7),
        )
        for number in range(gifts // 10)
    ]  # fmt: skip

    def wish() -> Wish:
        kind = draw.random()
        if kind < 0.6:
            return Wish("fund")
        if kind < 0.75:
            return Wish("group", code=draw.choice(groups))
        if kind < 0.9:
            return Wish("region", code=draw.choice(regions))
        one = draw.choice(needs)
        return Wish(
            "case", one.case, group=one.group, region_kato=one.region_kato, fallback="same_group", case=one.case
        )

    offers = [
        Offer(UUID(int=number), at - timedelta(seconds=draw.randrange(10**6)), draw.randrange(10**4, 10**6), wish())
        for number in range(gifts)
    ]
    taken_s = _seconds(lambda: share_all(offers, needs, at=at))
    return [Row(AREA, f"allocation of {gifts:,} gifts over {len(needs):,} needs (goal 30 s a million)", taken_s, "s")]


def main() -> None:
    """All of it, in one run."""
    postings, gifts = (int(given) for given in sys.argv[1:])
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(Path(__file__).with_name("bare.sql").read_text(encoding="utf-8"))
    found = [*books(), *coherence(postings), *allocation(gifts)]
    sys.stdout.write(json.dumps([asdict(row) for row in found]))


if __name__ == "__main__":
    main()
