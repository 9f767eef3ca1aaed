"""The database is killed under load again and again: nothing acknowledged is lost, nothing is applied twice.

The same run fails, as it must, when commits are not waited for and when the idempotency index is gone.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from demeu.kernel.testing import wait_until
from demeu.kernel.testing.results import note_result
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.live import clean_environment
from demeu.roles.launch.postgres import Cluster, own_cluster

KILLS = int(os.environ.get("DEMEU_KILLS", "5"))
WRITERS = 2
ACKNOWLEDGED_BETWEEN_KILLS = 40
BACK_S_MAX = 10.0
# Children of the old server hold its memory a while, and recovery waits for a disk that other tests write to.
RELAUNCHED_S_MAX = 180.0
PASSWORD = "faults-only"
SCRIPT = Path(__file__).with_name("ledger_writer.py")
WITHOUT_INDEX = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('treasury_ledger_post'::regproc), 'ON CONFLICT (id) DO NOTHING', '');
END $$;
ALTER TABLE treasury_ledger_transfer DROP CONSTRAINT treasury_ledger_transfer_pkey CASCADE;
ALTER TABLE treasury_ledger_posting DROP CONSTRAINT ledger_posting_position;
"""


class Books:
    """A server with the treasury's own tables, writers that hammer it, and what these were told."""

    def __init__(self, folder: Path) -> None:
        folders = Folders(root=folder, var=folder / "var")
        make_folders(folders)
        self.cluster: Cluster = own_cluster(folders, PASSWORD)
        self.acknowledged: dict[str, int] = {}
        self.back_s_max = 0.0
        self.seeds = iter(range(10**6))
        self.cluster.start()
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as admin:
            admin.execute("CREATE DATABASE demeu_treasury")
        self.environment = clean_environment(
            DJANGO_SETTINGS_MODULE="demeu.roles.settings.treasury",
            DEMEU_DATABASE_URL_TREASURY=self.cluster.url("demeu_treasury"),
            DEMEU_VAR=str(folders.var),
            DEMEU_LOG_LEVEL="ERROR",
        )
        migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0", "treasury_ledger"]
        subprocess.run(migrate, env=self.environment, check=True, timeout=200)

    @property
    def url(self) -> str:
        """Where the server is now; it comes back on the same port."""
        return self.cluster.url("demeu_treasury")

    @contextmanager
    def load(self) -> Iterator[None]:
        """Writers at work."""
        writers, ready = [], Event()
        for _ in range(WRITERS):
            command = [sys.executable, str(SCRIPT), str(next(self.seeds))]
            writers.append(
                subprocess.Popen(
                    command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
        listeners = [Thread(target=self._listen, args=(writer, ready)) for writer in writers]
        for listener in listeners:
            listener.start()
        try:
            assert ready.wait(100), "no writer came up"
            yield
        finally:
            for writer in writers:
                assert writer.stdin is not None
                writer.stdin.close()
            for listener in listeners:
                listener.join(100)
            for writer in writers:
                writer.wait(100)

    def _listen(self, writer: "subprocess.Popen[str]", ready: Event) -> None:
        assert writer.stdout is not None
        with writer.stdout:
            for line in writer.stdout:
                transfer, _, amount = line.strip().partition(" ")
                if amount:
                    self.acknowledged[transfer] = int(amount)
                ready.set()

    def kill(self) -> None:
        """`kill -9` of the server and of all it started, as a power cut; then the supervisor's own restart."""
        assert self.cluster.process is not None
        before = len(self.acknowledged)
        wait_until(
            lambda: len(self.acknowledged) >= before + ACKNOWLEDGED_BETWEEN_KILLS, within_s=60, what="writers at work"
        )
        self.cluster.process.kill()
        began = time.monotonic()
        self.cluster.process.wait()
        wait_until(self._is_back, within_s=RELAUNCHED_S_MAX, what=f"a new server; its words are in {self.cluster.log}")
        came = len(self.acknowledged)
        wait_until(lambda: len(self.acknowledged) > came, within_s=BACK_S_MAX, what="the books to take transfers again")
        self.back_s_max = max(self.back_s_max, time.monotonic() - began)

    def _is_back(self) -> bool:
        self.cluster.relaunch()
        back = self.cluster.becomes_ready()
        if not back:
            sys.stdout.write(self.cluster.log.read_text()[-2000:])
        return back

    def wrong(self) -> list[str]:
        """What broke: lost, doubled, changed, unbalanced. Empty is the good answer."""
        found: list[str] = []
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT t.id::text, count(DISTINCT t.ctid), sum(p.amount_tiyn) FILTER (WHERE p.amount_tiyn > 0),"
                " sum(p.amount_tiyn), count(p.id) FROM treasury_ledger_transfer t"
                " LEFT JOIN treasury_ledger_posting p ON p.transfer_id = t.id GROUP BY t.id"
            ).fetchall()
        there = {row[0]: row for row in rows}
        for transfer, amount in self.acknowledged.items():
            row = there.get(transfer)
            if row is None:
                found.append(f"lost {transfer}")
            elif row[1:] != (1, amount, 0, 2):
                found.append(f"doubled or changed {transfer}: {row[1:]}")
        found += [f"unbalanced {row[0]}" for row in rows if row[3] != 0 or row[4] < 2]
        return found

    def execute(self, statements: str) -> None:
        """As the server's owner."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements.split(";;"):
                connection.execute(statement)


@pytest.fixture
def books() -> Iterator[Books]:
    """Fresh books on a server of their own that waits for its disk, as in real use.

    Not in pytest's folder: another run of pytest closes that to the server's account.
    """
    folder = Path(tempfile.mkdtemp(prefix="demeu-books-"))
    folder.chmod(0o711)
    made = Books(folder)
    try:
        yield made
    finally:
        made.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(600 + 60 * KILLS)
def test_nothing_acknowledged_is_lost_or_doubled_and_careless_commits_do_lose(books: Books) -> None:
    with books.load():
        for _ in range(KILLS):
            books.kill()
    wrong, told = books.wrong(), len(books.acknowledged)
    note_result(
        "database", kills=KILLS, acknowledged=told, wrong=len(wrong), slowest_return_s=round(books.back_s_max, 1)
    )
    assert wrong == []
    assert told >= KILLS * ACKNOWLEDGED_BETWEEN_KILLS
    books.execute("ALTER SYSTEM SET synchronous_commit = off;;ALTER SYSTEM SET wal_writer_delay = '10s';;"
                  "SELECT pg_reload_conf()")  # fmt: skip
    with books.load():
        for _ in range(3):
            books.kill()
    assert any(line.startswith("lost") for line in books.wrong()), "a commit nobody waited for must be missed"


@pytest.mark.timeout(600)
def test_without_the_idempotency_index_the_same_run_applies_transfers_twice(books: Books) -> None:
    books.execute(WITHOUT_INDEX)
    with books.load():
        books.kill()
    assert any(line.startswith("doubled") for line in books.wrong()), "a repeated transfer must be seen as doubled"
