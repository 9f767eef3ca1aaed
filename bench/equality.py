"""What the plain rules say of every household of a small country, and where another program says otherwise.

A rival's speed is only told beside the number of households on which it agrees. Run as a child; prints JSON.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from demeu.contracts.scoring import Assessment, AssessRequest, HouseholdFacts, PersonFacts
from demeu.scoring.assess import assess
from demeu.scoring.facts import faults

Scores = dict[str, dict[str, Any]]
Rejects = Counter[tuple[str, ...]]
REJECTED = ("table", "id", "household_id", "field", "reason")


def read(folder: Path) -> tuple[Scores, Rejects]:
    """`scores.parquet` (file or folder) by household, and the rows of `rejected.parquet`."""
    name = "scores" if (folder / "scores").is_dir() else "scores.parquet"
    rows = pq.read_table(folder / name).to_pylist()
    file = folder / "rejected.parquet"
    rejected = pq.read_table(file, columns=list(REJECTED)).to_pylist() if file.is_file() else []
    return {row["household_id"]: row for row in rows}, Counter(tuple(row.values()) for row in rejected)


def plain(facts: Path, on: date) -> tuple[Scores, Rejects]:
    """The same from the plain rules, one household after the other."""
    people = defaultdict(list)
    for row in pq.read_table(facts / "persons.parquet").to_pylist():
        people[row["household_id"]].append(PersonFacts.model_validate(row))
    homes = [HouseholdFacts.model_validate(row) for row in pq.read_table(facts / "households.parquet").to_pylist()]
    scores: Scores = {}
    rejects: Rejects = Counter(_repeated(homes, people))
    spoiled = {household for _table, _id, household, *_ in rejects}
    for home in homes:
        found = faults(home, people[home.household_id], on)
        rejects.update(tuple(fault.row.__dict__.values()) for fault in found if fault.row.reason != "duplicate")
        if not found and home.household_id not in spoiled:
            request = AssessRequest(household=home, persons=tuple(people[home.household_id]))
            scores[home.household_id] = _row(home, assess(request, on=on))
    return scores, rejects


def _repeated(homes: list[HouseholdFacts], people: Mapping[str, list[PersonFacts]]) -> Iterable[tuple[str, ...]]:
    """What one household alone cannot show: ids that stand twice in a table, and persons of no household."""
    times = Counter(home.household_id for home in homes)
    for home in homes:
        if times[home.household_id] > 1:
            yield "households", home.household_id, home.household_id, "household_id", "duplicate"
    seen = Counter(one.person_id for home in times for one in people[home])
    for home_id, members in people.items():
        for one in members:
            if home_id not in times:
                yield "persons", one.person_id, home_id, "household_id", "no_household"
            elif seen[one.person_id] > 1:
                yield "persons", one.person_id, home_id, "person_id", "duplicate"


def _row(home: HouseholdFacts, found: Assessment) -> dict[str, Any]:
    same = {
        name: getattr(found, name) for name in ("category", "total", "level", "complete", "range_low", "range_high")
    }
    points = {indicator.code: indicator.points for indicator in found.indicators}
    return {"household_id": home.household_id, **same, **points, "unknown": list(found.unknown)}


def differing(ours: tuple[Scores, Rejects], theirs: tuple[Scores, Rejects]) -> list[str]:
    """Households and rejected rows that differ, each with what differs."""
    (scores, rejects), (other_scores, other_rejects) = ours, theirs
    found = [f"{id}: scored by one only" for id in scores.keys() ^ other_scores.keys()]
    for id in scores.keys() & other_scores.keys():
        one, other = scores[id], other_scores[id]
        unlike = [
            f"{name} {one[name]} | {other[name]}" for name in sorted(one.keys() & other) if one[name] != other[name]
        ]
        found += [f"{id} {' '.join(unlike)}"] * bool(unlike)
    return sorted(found) + [
        f"rejected by one only: {row}" for row in ((rejects - other_rejects) + (other_rejects - rejects))
    ]


def main() -> None:
    """`equality.py FACTS OUT DAY`."""
    facts, out = (Path(given) for given in sys.argv[1:3])
    right, told = plain(facts, date.fromisoformat(sys.argv[3])), read(out)
    rows = differing(right, told)
    columns = len(next(iter(told[0].values()))) - 1
    counts = {"households": len(right[0]), "differ": len(rows), "columns": columns}
    sys.stdout.write(json.dumps(counts | {"example": rows[0] if rows else ""}))


if __name__ == "__main__":
    main()
