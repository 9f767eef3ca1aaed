"""The edition of the reference population that the guard counts in: read from `reference.csv`, and written to it.

No person and no household stands in it: people counted by place, age band and household type.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from demeu.portal.anonymity.rules import Population
from demeu.portal.ui.sheets import Cell, csv_lines

FOLDER = Path(__file__).parent
FILE = FOLDER / "reference.csv"
EDITION = "# edition: "
HEADER: list[Cell] = ["place", "age_band", "household_type", "people"]
Table = Mapping[str, Mapping[tuple[str, str], float]]


@lru_cache(maxsize=1)
def reference_population() -> Population:
    """The edition in force."""
    return read_population(FILE)


def read_population(file: Path) -> Population:
    """A table with its edition in the first line; the shares of need are those of `needs.yaml`."""
    with file.open(encoding="utf-8", newline="") as lines:
        edition = next(lines).removeprefix(EDITION).strip()
        people: dict[str, dict[tuple[str, str], float]] = {}
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            people.setdefault(row["place"], {})[row["age_band"], row["household_type"]] = int(row["people"])
    return Population(edition, people, yaml.safe_load((FOLDER / "needs.yaml").read_text())["need"])


def write_population(file: Path, edition: str, notes: Iterable[str], people: Table) -> int:
    """Write a table; the number of its lines. Cells of nobody are left out."""
    rows: list[list[Cell]] = [
        [place, age, kind, int(number)]
        for place in sorted(people)
        for (age, kind), number in sorted(people[place].items())
        if int(number)
    ]
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(f"{EDITION}{edition}\n")
        out.writelines(f"# {note}\n" for note in notes)
        out.writelines(csv_lines([HEADER, *rows]))
    return len(rows)
