"""The area `treasury` of `make bench`: a PostgreSQL of its own that waits for its disk; no platform.

Our calls and their rivals take turns, so that a machine that gets busy meanwhile slows both.
"""

import shutil

from rows import Row
from scoring.child import PEERS, make_peers

from demeu.roles.launch.postgres import Cluster
from treasury.server import Server

POSTINGS, POSTINGS_FULL = 200_000, 1_000_000
GIFTS, GIFTS_FULL = 100_000, 1_000_000


def sizes_of(full: bool) -> str:
    """Said below the table."""
    gifts = GIFTS_FULL if full else GIFTS
    return f"Treasury: {POSTINGS_FULL if full else POSTINGS:,} postings, {gifts:,} gifts over {gifts // 10:,} needs."


def figures(full: bool) -> list[Row]:
    """All rows of the area, taken by a process with the treasury's settings."""
    make_peers()
    sizes = (POSTINGS_FULL, GIFTS_FULL) if full else (POSTINGS, GIFTS)
    with Server("treasury_ledger", {"max_wal_size": "4GB"}) as server:
        return server.take(
            "treasury.taking",
            sizes,
            BENCH_PGBENCH=pgbench_of(server.cluster),
            BENCH_URL=server.cluster.url("demeu_treasury"),
            BENCH_HORDAK_URL=server.make_database("hordak"),
            BENCH_PEERS_PYTHON=str(PEERS / ".venv" / "bin" / "python"),
        )


def pgbench_of(cluster: Cluster) -> str:
    """PostgreSQL's own load program: the server's, or the one on the path."""
    own = cluster.programs.folder / "pgbench"
    found = str(own) if own.exists() else shutil.which("pgbench")
    if found is None:
        raise RuntimeError("pgbench is not there: apt-get install postgresql-contrib")
    return found
