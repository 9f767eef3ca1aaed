"""PostgreSQL → score → PostgreSQL through Arrow, on a server of the platform's own kind with its usual settings."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rows import Row

from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.postgres import own_cluster
from scoring import child, programs
from scoring.countries import Countries

AREA = "scoring: PostgreSQL → score → PostgreSQL"


@contextmanager
def database() -> Iterator[str]:
    """Address of an empty database of a server that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="demeu-bench-pg-") as folder:
        Path(folder).chmod(0o711)
        folders = Folders(root=Path(folder), var=Path(folder) / "var")
        make_folders(folders)
        cluster = own_cluster(folders, "bench-only")
        cluster.start()
        try:
            yield cluster.url("postgres")
        finally:
            cluster.stop()


def figures(countries: Countries, households: int) -> list[Row]:
    """Reading, scoring and writing, each a process, beside scoring alone."""
    arrow = [*child.PEER, child.PEERS / "postgres_arrow.py"]
    facts, pulled, out = countries.facts(households), countries.out(), countries.out()
    with database() as address:
        child.run([*arrow, "load", address, facts])
        read = child.run([*arrow, "pull", address, pulled])
        scored = programs.ours(pulled, out)
        wrote = child.run([*arrow, "push", address, out])
    whole_s = read.seconds + scored.seconds + wrote.seconds
    alone = scored.seconds
    rows = [Row(AREA, f"score alone, {households:,} households", alone, "s")]
    for name, ran in (("read by ADBC", read), ("written by ADBC", wrote)):
        rows.append(Row(AREA, name, ran.seconds, "s", "score alone", ran.seconds / alone))
    for folder in (pulled, out):
        countries.drop(folder)
    return [*rows, Row(AREA, "the whole circle", whole_s, "s", "score alone", whole_s / alone)]
