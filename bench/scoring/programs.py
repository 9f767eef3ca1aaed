"""The programs that score a country: ours and the rivals, each one whole process, all told alike."""

from pathlib import Path

from scoring import child
from scoring.child import Ran
from scoring.countries import ON

MEMORY = "3GB"


def ours(facts: Path, out: Path, *, memory: str = MEMORY, engine: str = "duckdb") -> Ran:
    """`demeu score batch`."""
    asked = ["--facts", facts, "--out", out, "--on", ON.isoformat(), "--memory", memory, "--engine", engine, "--json"]
    return child.run([*child.DEMEU, "score", "batch", *asked])


def polars(facts: Path, out: Path) -> Ran:
    """The hand-written Polars program."""
    return child.run([*child.PEER, child.PEERS / "polars_rules.py", facts, out, "--on", ON.isoformat()])


def openfisca(facts: Path, out: Path, *, explain: int = 0) -> Ran:
    """The OpenFisca system; explains so many households one by one instead when asked to."""
    asked = [facts, out, "--on", ON.isoformat(), "--explain", str(explain)]
    return child.run([*child.PEER, child.PEERS / "openfisca_rules.py", *asked])


def compared(one: Path, other: Path) -> dict[str, object]:
    """How many households two results see differently."""
    return child.run([child.DEMEU[0], child.ROOT / "bench" / "scoring" / "compare.py", one, other]).told


def compared_with_plain(facts: Path, out: Path) -> dict[str, object]:
    """How many households of a small country the plain rules see differently."""
    return child.run([child.DEMEU[0], child.ROOT / "bench" / "equality.py", facts, out, ON.isoformat()]).told
