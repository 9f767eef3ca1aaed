"""Planted faults: one household a fault, every kind of the contract, and the list of them is what the checks find."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.scoring.facts import faults
from demeu.scoring.synth.country import write_country
from demeu.scoring.synth.planting import KINDS

ON = date(2026, 11, 22)
TIMES, HOUSEHOLDS = 2, 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("planted") / "out"
    write_country(HOUSEHOLDS, 11, out, faults=TIMES, iins=True)
    return out


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def test_every_kind_is_planted_as_often_as_asked(folder: Path) -> None:
    told = rows(folder, "planted")
    for kind in KINDS:
        named = [
            one for one in told if (one["table"], one["field"], one["reason"]) == (kind.table, kind.field, kind.reason)
        ]
        assert len({one["id"] for one in named}) == TIMES, kind
    extra = len(rows(folder, "households")) - HOUSEHOLDS
    assert extra == len(KINDS) * TIMES + TIMES  # a duplicate is one row more


def test_what_is_planted_is_what_is_found(folder: Path) -> None:
    members = defaultdict(list)
    for one in rows(folder, "persons"):
        members[one["household_id"]].append(PersonFacts(**one))
    found = set()
    homes = [HouseholdFacts.model_construct(**row) for row in rows(folder, "households")]
    for home in homes:
        for fault in faults(home, members[home.household_id], ON):
            found.add((fault.row.table, fault.row.id, fault.row.field, fault.row.reason))
    # Duplicate households and persons without one are seen only across households.
    across = {("household_id", "duplicate"), ("household_id", "no_household")}
    told = {(one["table"], one["id"], one["field"], one["reason"]) for one in rows(folder, "planted")}
    assert found == {one for one in told if (one[2], one[3]) not in across}
    known = [home.household_id for home in homes]
    for one in rows(folder, "planted"):
        if one["reason"] == "no_household":
            assert one["household_id"] not in known
        if (one["field"], one["reason"]) == ("household_id", "duplicate"):
            assert known.count(one["id"]) == 2


def test_identity_numbers_stay_one_a_person_beside_faults(folder: Path) -> None:
    numbers = [one["person_id"] for one in rows(folder, "iins")]
    assert len(set(numbers)) == len(numbers)
