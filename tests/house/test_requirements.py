"""The table of requirements names files that exist, and admits what is missing."""

import re
from pathlib import Path

from tests.house.tree import ROOT, none_of, plant

PAGE = "docs/requirements.md"
STATES = {"built", "thin", "missing"}
SOURCES = {*(f"S0 §{number}" for number in range(1, 11)), "S1", "S2", "S3", "S4"}
NAMED = re.compile(r"`([^`]+)`")


def rows(root: Path) -> list[list[str]]:
    """Rows of all tables of the page: clause, demand, modules, tests, state, what is missing."""
    lines = (root / PAGE).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| S")]
    return [[cell.replace("\\", "") for cell in row] for row in cells]


def false_rows(root: Path) -> list[str]:
    """Rows that name what is not there, have no known state, or call built what no test shows."""
    found = []
    for row in rows(root):
        if len(row) != 6:
            found.append(f"{row[0]}: {len(row)} columns")
            continue
        clause, _, modules, tests, state, missing = row
        for path in NAMED.findall(modules) + NAMED.findall(tests):
            if not (root / "src" / "demeu" / path).exists() and not (root / path).exists():
                found.append(f"{clause}: no {path}")
        if state not in STATES:
            found.append(f"{clause}: state {state!r}")
        if state == "built" and not NAMED.findall(tests):
            found.append(f"{clause}: built, but no test shows it")
        if state in {"thin", "missing"} and len(missing) < 3:
            found.append(f"{clause}: {state}, but what is missing is not said")
    return found


def test_every_clause_names_real_files_and_an_honest_state() -> None:
    assert none_of(false_rows(ROOT))


def test_every_source_document_and_section_is_there() -> None:
    clauses = [row[0] for row in rows(ROOT)]
    assert {source for source in SOURCES if not any(clause.startswith(source) for clause in clauses)} == set()


def test_a_false_row_is_noticed(tmp_path: Path) -> None:
    plant(
        tmp_path,
        PAGE,
        "| S0 §1 | one | `vault/nothing` | | built | |\n| S0 §2 | two | | | thin | |\n| S1 | three | | | soon | |\n",
    )
    assert false_rows(tmp_path) == [
        "S0 §1: no vault/nothing",
        "S0 §1: built, but no test shows it",
        "S0 §2: thin, but what is missing is not said",
        "S1: state 'soon'",
    ]
