"""The area `treasury` of `make bench`: a PostgreSQL of its own that waits for its disk; no platform.

Our calls and their rivals take turns, so that a machine that gets busy meanwhile slows both.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from rows import Row
from scoring.child import PEERS, make_peers

from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.postgres import Cluster, own_cluster

POSTINGS, POSTINGS_FULL = 200_000, 1_000_000
GIFTS, GIFTS_FULL = 100_000, 1_000_000
PASSWORD = "bench-only"  # noqa: S105 - of a server that lives as long as this run
HERE = Path(__file__).parent


def sizes_of(full: bool) -> str:
    """Said below the table."""
    gifts = GIFTS_FULL if full else GIFTS
    return f"Treasury: {POSTINGS_FULL if full else POSTINGS:,} postings, {gifts:,} gifts over {gifts // 10:,} needs."


def figures(full: bool) -> list[Row]:
    """All rows of the area, taken by a process with the treasury's settings."""
    make_peers()
    folder = Path(tempfile.mkdtemp(prefix="demeu-bench-treasury-"))
    folder.chmod(0o711)
    folders = Folders(root=folder, var=folder / "var")
    make_folders(folders)
    cluster = own_cluster(folders, PASSWORD)
    cluster.extra_settings = {"max_wal_size": "4GB"}
    cluster.start()
    try:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE demeu_treasury")
            connection.execute("CREATE DATABASE hordak")
        return _taken(folder, cluster, full)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def pgbench_of(cluster: Cluster) -> str:
    """PostgreSQL's own load program: the server's, or the one on the path."""
    own = cluster.programs.folder / "pgbench"
    found = str(own) if own.exists() else shutil.which("pgbench")
    if found is None:
        raise RuntimeError("pgbench is not there: apt-get install postgresql-contrib")
    return found


def _taken(folder: Path, cluster: Cluster, full: bool) -> list[Row]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMEU_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "demeu.roles.settings.treasury",
        "DEMEU_DATABASE_URL_TREASURY": cluster.url("demeu_treasury"),
        "DEMEU_VAR": str(folder / "var"),
        "DEMEU_LOG_LEVEL": "ERROR",
        "BENCH_PGBENCH": pgbench_of(cluster),
        "BENCH_URL": cluster.url("demeu_treasury"),
        "BENCH_HORDAK_URL": cluster.url("hordak"),
        "BENCH_PEERS_PYTHON": str(PEERS / ".venv" / "bin" / "python"),
        "PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")]),
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0", "treasury_ledger"]
    subprocess.run(migrate, env=environment, check=True)
    sizes = [str(POSTINGS_FULL if full else POSTINGS), str(GIFTS_FULL if full else GIFTS)]
    taking = [sys.executable, "-m", "treasury.taking", *sizes]
    done = subprocess.run(taking, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Row(**row) for row in json.loads(done.stdout)]
