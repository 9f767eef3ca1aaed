"""The rules kz-2026-and as an OpenFisca system, run on the same households: for comparison in a benchmark only.

Reads complete, faultless households and writes `scores.parquet` without unknown and range, which OpenFisca has not.
"""

import argparse
import json
import statistics
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_system import POINTS, Settlement, system

TIYN_IN_TENGE = 100
LEVELS = np.array(["", "E", "D", "C", "B", "A"])
LEVELS_FROM = np.array([-458, -30, 730, 1800])
RENAMED = {
    "able_bodied": "able_bodied_fact", "working": "working_fact", "chronic": "chronic_fact",
    "dispensary": "dispensary_fact", "passenger_cars": "passenger_cars_fact",
    "commercial_vehicles": "commercial_vehicles_fact", "income_monthly_tiyn": "income_monthly",
    "overdue_tiyn": "overdue_sum", "smallholding_value_tiyn": "smallholding_value",
}  # fmt: skip
NO_FACTS = {"person_id", "household_id", "kato"}


def inputs(table: pa.Table) -> dict[str, Any]:
    """Columns as OpenFisca takes them: money in tenge, the settlement as an enumeration."""
    found: dict[str, Any] = {}
    for name in table.column_names:
        if name in NO_FACTS:
            continue
        column = table[name].combine_chunks()
        if column.null_count:
            sys.exit(f"{name} has {column.null_count} unanswered facts, which OpenFisca cannot hold")
        if name == "settlement_class":
            place = pc.index_in(column, pa.array([one.name for one in Settlement]))
            found[name] = EnumArray(place.to_numpy().astype(np.uint8), Settlement)
        else:
            values = column.to_numpy(zero_copy_only=False)
            found[RENAMED.get(name, name)] = values / TIYN_IN_TENGE if name.endswith("_tiyn") else values
    return found


def build(rules: TaxBenefitSystem, homes: pa.Table, persons: pa.Table, on: date) -> Simulation:
    """A simulation of all households at once; members are joined by Arrow, quicker than OpenFisca's own way."""
    builder, day = SimulationBuilder(), on.isoformat()
    builder.create_entities(rules)
    builder.declare_person_entity("person", range(persons.num_rows))
    household = builder.declare_entity("household", range(homes.num_rows))
    household.members_entity_id = pc.index_in(persons["household_id"], homes["household_id"]).to_numpy()
    simulation = builder.build(rules)
    for table in (homes, persons):
        for name, values in inputs(table).items():
            simulation.set_input(name, DateUnit.ETERNITY if name == "birth_date" else day, values)
    return simulation


def scores(simulation: Simulation, homes: pa.Table, on: date) -> pa.Table:
    """Category, total, level and the points of every household."""
    day = on.isoformat()
    category, total = (simulation.calculate(name, day) for name in ("category", "total"))
    level = LEVELS[np.searchsorted(LEVELS_FROM, total, side="right") + 1]
    points = {code: simulation.calculate(code, day) for code in POINTS}
    return pa.table(
        {"household_id": homes["household_id"], "category": category, "total": total, "level": level} | points
    )


def run(facts: Path, out: Path, on: date) -> dict[str, object]:
    """Scores all households; seconds of each stage."""
    marks = [time.perf_counter()]
    homes, persons = (pq.read_table(facts / f"{name}.parquet") for name in ("households", "persons"))
    marks.append(time.perf_counter())
    simulation = build(system(), homes, persons, on)
    marks.append(time.perf_counter())
    found = scores(simulation, homes, on)
    marks.append(time.perf_counter())
    out.mkdir(parents=True, exist_ok=True)
    pq.write_table(found, out / "scores.parquet")
    marks.append(time.perf_counter())
    seconds = (after - before for before, after in pairwise(marks))
    return {"seconds": dict(zip(("load", "build", "compute", "write"), seconds, strict=True))}


def explain(facts: Path, on: date, times: int) -> dict[str, float]:
    """Seconds to explain one household: simulation with a full trace, all points, the trace as text."""
    rules, day, taken = system(), on.isoformat(), []
    homes = pa.Table.from_batches([next(pq.ParquetFile(facts / "households.parquet").iter_batches(times))])
    among = pc.field("household_id").isin(homes["household_id"].combine_chunks())
    persons = pq.read_table(facts / "persons.parquet", filters=among)
    for number in range(times):
        home = homes.slice(number, 1)
        members = persons.filter(pc.equal(persons["household_id"], home["household_id"][0]))
        began = time.perf_counter()
        simulation = build(rules, home, members, on)
        simulation.trace = True
        simulation.calculate("category", day)
        json.dumps(simulation.tracer.get_serialized_flat_trace(), default=str)
        taken.append(time.perf_counter() - began)
    return {"explained_s": statistics.median(taken)}


def main() -> None:
    """`openfisca_rules.py FACTS OUT --on 2026-11-22 [--explain TIMES]`: prints the seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    parser.add_argument("--explain", type=int, default=0, help="explain so many households instead, one by one")
    given = parser.parse_args()
    found = explain(given.facts, given.on, given.explain) if given.explain else run(given.facts, given.out, given.on)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
