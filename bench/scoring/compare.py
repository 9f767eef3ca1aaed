"""Two folders of scores compared on every household and every column that both have. Run as a child; prints JSON."""

# ruff: noqa: S608 - the names of files and columns are the benchmark's own

import json
import sys
from pathlib import Path

import duckdb

MEMORY = "4GB"
REJECTED = '"table", id, household_id, field, reason'


def written(folder: str, name: str) -> str:
    """The file or the part files, as DuckDB reads them."""
    parts = Path(folder) / name
    return f"read_parquet('{parts}/*.parquet')" if parts.is_dir() else f"read_parquet('{folder}/{name}.parquet')"


def differing(one: str, other: str) -> dict[str, object]:
    """Households of either side, those that differ or stand on one side only, and the first that differ."""
    link = duckdb.connect(config={"memory_limit": MEMORY})
    sides = {"a": written(one, "scores"), "b": written(other, "scores")}
    names = [set(link.sql(f"from {side}").columns) - {"household_id"} for side in sides.values()]
    both = sorted(names[0] & names[1])
    unlike = {name: f'a."{name}" is distinct from b."{name}"' for name in both}
    told = ", ".join(
        f"case when {condition} then concat(' {name} ', a.{name}::varchar, ' | ', b.{name}::varchar) else '' end"
        for name, condition in unlike.items()
    )
    joined = f"from {sides['a']} a full join {sides['b']} b on a.household_id = b.household_id"
    wrong = " or ".join(["a.household_id is null", "b.household_id is null", *unlike.values()])
    counted = link.execute(f"select count(*), count(*) filter (where {wrong}) {joined}").fetchall()[0]
    example = link.execute(
        f"select concat(a.household_id, ' | ', b.household_id, {told}) {joined} where {wrong} order by 1 limit 1"
    ).fetchall()
    shown = example[0][0] if example else ""
    return {"households": counted[0], "differ": counted[1], "columns": len(both), "example": shown}


def rejected_by_one_only(one: str, other: str) -> int:
    """Rows of `rejected.parquet` that the other has not."""
    sides = [f"select {REJECTED} from {written(side, 'rejected')}" for side in (one, other)]
    only = [f"({first} except all {second})" for first, second in (sides, sides[::-1])]
    return int(duckdb.connect().execute(f"select count(*) from ({' union all '.join(only)})").fetchall()[0][0])


def main() -> None:
    """`compare.py ONE OTHER`."""
    one, other = sys.argv[1:]
    found = differing(one, other)
    if all(list(Path(side).glob("rejected*")) for side in (one, other)):
        found["rejected_differ"] = rejected_by_one_only(one, other)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
