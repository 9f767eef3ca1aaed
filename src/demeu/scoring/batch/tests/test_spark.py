"""The same expression on a Spark cluster of two executors: every row of scores and of rejected is the same."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from demeu.scoring.batch.country import score_country
from demeu.scoring.tests.random_country import random_country

ON = date(2026, 11, 22)
CLUSTER = "local-cluster[2,1,1024]"


def shape(type: pa.DataType) -> str:
    """A type by what it holds; writers call the elements of a list by different names."""
    return f"list of {type.value_type}" if pa.types.is_list(type) else str(type)


@pytest.mark.timeout(900)
def test_spark_gives_what_duckdb_gives_row_by_row(tmp_path: Path) -> None:
    facts = random_country(11, 400, ON, nulls=0.1, faults=0.01).write(tmp_path / "facts")
    expected = score_country(facts, tmp_path / "duckdb", on=ON)
    program = "from demeu.cli.score import app; app()"
    asked = ["batch", "--facts", facts, "--out", tmp_path / "spark", "--on", ON, "--json"]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, asked), "--engine", "spark", "--master", CLUSTER],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert (found["accepted"], found["rejected"]) == (expected.accepted, expected.rejected)
    assert expected.rejected > 0
    for name in ("scores", "rejected"):
        ours, theirs = pq.read_table(tmp_path / "duckdb" / f"{name}.parquet"), pq.read_table(tmp_path / "spark" / name)
        assert theirs.schema.names == ours.schema.names
        assert [shape(one.type) for one in theirs.schema] == [shape(one.type) for one in ours.schema]
        assert sorted(map(repr, theirs.to_pylist())) == sorted(map(repr, ours.to_pylist()))
