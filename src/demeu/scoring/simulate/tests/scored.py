"""Scores of a small country by the plain assessment, household by household: what the batch engine gives, slowly."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from demeu.contracts.scoring import AssessRequest, HouseholdFacts, PersonFacts
from demeu.kernel.errors import Refusal
from demeu.scoring.assess import assess

ON = date(2026, 11, 22)


def score(facts: Path, out: Path, rules: str, on: date = ON) -> None:
    """Writes `scores.parquet` with the columns that simulations read."""
    members = defaultdict(list)
    for row in pq.read_table(facts / "persons.parquet").to_pylist():
        members[row["household_id"]].append(PersonFacts(**row))
    scored = []
    for row in pq.read_table(facts / "households.parquet").to_pylist():
        home = HouseholdFacts(**row)
        persons = tuple(members[home.household_id])
        try:
            found = assess(AssessRequest(household=home, persons=persons, rules=rules), on=on)
        except Refusal:
            continue
        scored.append((home.household_id, found.category, found.complete))
    ids, categories, complete = zip(*scored, strict=True)
    columns = {
        "household_id": pa.array(ids),
        "category": pa.array(categories, pa.int32()),
        "complete": pa.array(complete),
    }
    out.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), out / "scores.parquet")
