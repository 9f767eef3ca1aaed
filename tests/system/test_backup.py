"""A backup put back elsewhere gives the same ledger sums and the same log root; a spoilt one is refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from demeu.roles.launch.live import LivePlatform

ROWS = {
    "treasury": ["treasury_ledger_posting", "kernel_audit"],
    "vault": ["vault_people_person", "kernel_audit"],
    "portal": ["portal_cases_case", "kernel_audit"],
}


@pytest.fixture
def elsewhere() -> Iterator[LivePlatform]:
    """Another machine, as far as data is concerned."""
    live = LivePlatform()
    yield live
    live.remove()


def sums_of(live: LivePlatform, last: int) -> dict[str, int]:
    """Sum in tiyn of every account of the ledger over the postings up to number ``last``."""
    with psycopg.connect(live.database_url("treasury")) as connection:
        statement = "SELECT account, sum(amount_tiyn) FROM treasury_ledger_posting WHERE id <= %s GROUP BY account"
        return {account: int(amount) for account, amount in connection.execute(statement, [last])}


def last_posting(live: LivePlatform) -> int:
    """The number of the newest posting."""
    with psycopg.connect(live.database_url("treasury")) as connection:
        found = connection.execute("SELECT max(id) FROM treasury_ledger_posting").fetchone()
    assert found is not None
    return int(found[0])


def log_root_of(live: LivePlatform, folder: Path) -> str:
    """Size and root hash of a transparency log, walked entry by entry."""
    done = live.command("log", "audit", str(folder), "--key", (folder / "key").read_text().strip())
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"(\d+) entries.*root ([0-9a-f]{64})", done.stdout)
    assert found is not None
    return " ".join(found.groups())


def count(live: LivePlatform, role: str, table: str) -> int:
    with psycopg.connect(live.database_url(role)) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.timeout(1200)
def test_the_drill(platform: LivePlatform, elsewhere: LivePlatform, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    before = {(role, table): count(platform, role, table) for role, tables in ROWS.items() for table in tables}
    last = last_posting(platform)
    sums = sums_of(platform, last)
    done = platform.command("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert target.stat().st_mode & 0o077 == 0
    root = log_root_of(platform, target / "log")

    done = elsewhere.command("restore", "--yes", str(target))
    assert done.returncode == 0, done.stderr
    assert log_root_of(elsewhere, elsewhere.folders.var / "log") == root
    elsewhere.start()
    assert sum(sums.values()) == 0
    assert sums_of(elsewhere, last) == sums
    assert elsewhere.command("books", "check").returncode == 0
    for (role, table), number in before.items():
        assert count(elsewhere, role, table) >= number > 0, (role, table)


def test_restore_refuses_a_running_platform_and_a_spoilt_backup(platform: LivePlatform, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    assert platform.command("backup", str(target)).returncode == 0
    refused = platform.command("restore", "--yes", str(target))
    assert refused.returncode == 2
    assert "Demeu runs at" in refused.stderr
    again = platform.command("backup", str(target))
    assert again.returncode == 2
    assert "is not empty" in again.stderr
    with (target / "vault.dump").open("ab") as dump:
        dump.write(b"x")
    spoilt = platform.command("restore", "--yes", str(target))
    assert spoilt.returncode == 2
    assert "vault.dump" in spoilt.stderr


def test_doctor_finds_a_running_demo_well_and_production_unfit(platform: LivePlatform) -> None:
    well = platform.command("doctor")
    assert well.returncode == 0, well.stdout
    for name in platform.running.ports:
        assert f"✓ {name} answers" in well.stdout
    unfit = LivePlatform(settings={"DEMEU_PROFILE": "production"}, folder=platform.folder)
    for command in ("doctor", "up"):
        done = unfit.command(command)
        assert done.returncode in (1, 2)
        for name in ("DEMEU_SECRET_KEY", "DEMEU_DATABASE_URL_VAULT", "sandbox-nca.cer"):
            assert name in done.stdout + done.stderr


def test_an_invitation_is_a_link_of_the_portal(platform: LivePlatform) -> None:
    done = platform.command("admin", "invite", "curator", "--region", "75")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{platform.running.url}/invitation/")
    refused = platform.command("admin", "invite", "tsar")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
