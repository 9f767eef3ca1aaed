"""A whole country from files to files: what is read, what is refused, what is left behind."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from demeu.kernel.errors import Refusal
from demeu.scoring.batch import run as batch_run
from demeu.scoring.batch.country import score_country
from demeu.scoring.batch.engines import EngineFailed
from demeu.scoring.batch.files import sources
from demeu.scoring.rule_sets import rules_on
from demeu.scoring.tests.random_country import Country, random_country, rows_in_arrow

ON = date(2026, 11, 22)
CODES = [ruled.criterion.code for ruled in rules_on(None, ON).criteria]
COLUMNS = ["household_id", "category", "total", "level", *CODES, "unknown", "complete", "range_low", "range_high"]


@pytest.fixture(scope="module")
def country() -> Country:
    return random_country(7, 200, ON, nulls=0.05)


@pytest.fixture
def facts(country: Country, tmp_path: Path) -> Path:
    return country.write(tmp_path / "facts")


def scores(out: Path) -> dict[str, dict[str, object]]:
    return {row["household_id"]: row for row in pq.read_table(out / "scores.parquet").to_pylist()}


def changed(facts: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """One file of facts written anew."""
    file = facts / f"{table}.parquet"
    pq.write_table(change(pq.read_table(file)), file)


def said(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    faults = refused.value.facts["faults"]
    assert isinstance(faults, list)
    return [str(fault) for fault in faults]


def test_the_columns_are_those_of_the_contract(facts: Path, tmp_path: Path) -> None:
    score_country(facts, tmp_path / "out", on=ON)
    schema = pq.read_schema(tmp_path / "out" / "scores.parquet")
    assert schema.names == COLUMNS
    whole = {name for name in COLUMNS if name not in ("household_id", "level", "unknown", "complete")}
    assert {name for name in COLUMNS if pa.types.is_integer(schema.field(name).type)} == whole
    assert schema.field("unknown").type.value_type == pa.string()
    assert pq.read_schema(tmp_path / "out" / "rejected.parquet").names == [
        "table", "id", "household_id", "field", "reason",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["rejected.parquet", "scores.parquet"]


def test_part_files_and_other_types_give_the_same(country: Country, facts: Path, tmp_path: Path) -> None:
    score_country(facts, tmp_path / "one", on=ON)
    parts = tmp_path / "parts"
    for table in ("households", "persons"):
        (parts / table).mkdir(parents=True)
        rows = rows_in_arrow(table, getattr(country, table))
        large = [(one.name, pa.large_string() if pa.types.is_string(one.type) else one.type) for one in rows.schema]
        narrow = rows.cast(pa.schema(large)).append_column("other", pa.array(["x"] * len(rows)))
        pq.write_table(narrow.slice(0, 70), parts / table / "part-0.parquet")
        pq.write_table(narrow.slice(70), parts / table / "part-1.parquet")
    score_country(parts, tmp_path / "two", on=ON)
    assert scores(tmp_path / "one") == scores(tmp_path / "two")


def test_a_column_of_nulls_without_a_type_is_a_column_without_answers(facts: Path, tmp_path: Path) -> None:
    place = pq.read_schema(facts / "persons.parquet").get_field_index("student")
    changed(facts, "persons", lambda rows: rows.set_column(place, "student", pa.nulls(len(rows))))
    score_country(facts, tmp_path / "out", on=ON)
    assert len(scores(tmp_path / "out")) == 200


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        score_country(tmp_path, tmp_path / "out", on=ON)
    assert [fault.partition("neither ")[2][:10] for fault in said(refused)] == ["households", "persons.pa"]
    assert not (tmp_path / "out").exists()


def test_missing_columns_and_wrong_types_are_named_all_at_once(facts: Path, tmp_path: Path) -> None:
    changed(facts, "households", lambda rows: rows.drop_columns(["land_plots"]))
    place = pq.read_schema(facts / "persons.parquet").get_field_index("birth_date")
    changed(
        facts,
        "persons",
        lambda rows: rows.set_column(place, "birth_date", pc.strftime(rows["birth_date"], "%Y-%m-%d")),
    )
    with pytest.raises(Refusal) as refused:
        score_country(facts, tmp_path / "out", on=ON)
    assert said(refused) == [
        f"{facts}/households.parquet: the column land_plots is missing",
        f"{facts}/persons.parquet: the column birth_date is string, date is expected",
    ]


def test_a_file_that_is_no_parquet_is_named(facts: Path, tmp_path: Path) -> None:
    (facts / "persons.parquet").write_text("household_id,person_id\n")
    with pytest.raises(Refusal) as refused:
        score_country(facts, tmp_path / "out", on=ON)
    assert said(refused)[0].startswith(f"{facts}/persons.parquet: ")


def test_a_file_damaged_inside_stops_the_work_and_leaves_nothing(facts: Path, tmp_path: Path) -> None:
    file = facts / "persons.parquet"
    content = bytearray(file.read_bytes())
    content[200:4000] = bytes(3800)
    file.write_bytes(content)
    with pytest.raises(EngineFailed):
        score_country(facts, tmp_path / "out", on=ON)
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_what_is_there_is_never_replaced(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(Refusal, match=r"batch\.not_empty"):
        score_country(facts, tmp_path / "out", on=ON)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"on": date(2031, 1, 1)}, "score.no_minimum"),
        ({"on": ON, "rules": "kz-1999"}, "rules.unknown"),
        ({"on": ON, "memory_bytes": 10**6}, "batch.memory"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, object], code: str, facts: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        score_country(facts, tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not (tmp_path / "out").exists()


def test_repeated_and_missing_references_reject_their_households(country: Country, tmp_path: Path) -> None:
    homes = [dict(home) for home in country.households[:20]]
    known = {home["household_id"] for home in homes}
    people = [dict(one) for one in country.persons if one["household_id"] in known]
    first, second = people[0], next(one for one in people if one["household_id"] != people[0]["household_id"])
    second["person_id"] = first["person_id"]
    third = next(one for one in people if one["household_id"] not in (first["household_id"], second["household_id"]))
    third["person_id"] = None
    touched = {one["household_id"] for one in (first, second, third)}
    twice = next(home for home in homes if home["household_id"] not in touched)
    homes.append(dict(twice))
    homes.append({"household_id": None})
    people.append({**people[-1], "person_id": "stray", "household_id": None})
    scored = score_country(Country(homes, people).write(tmp_path / "facts"), tmp_path / "out", on=ON)
    rows = {tuple(row.values()) for row in pq.read_table(tmp_path / "out" / "rejected.parquet").to_pylist()}
    assert {
        ("persons", first["person_id"], first["household_id"], "person_id", "duplicate"),
        ("persons", first["person_id"], second["household_id"], "person_id", "duplicate"),
        ("persons", None, third["household_id"], "person_id", "missing"),
        ("households", twice["household_id"], twice["household_id"], "household_id", "duplicate"),
        ("households", None, None, "household_id", "missing"),
        ("persons", "stray", None, "household_id", "no_household"),
    } <= rows
    rejected = {first["household_id"], second["household_id"], third["household_id"], twice["household_id"]}
    assert set(scores(tmp_path / "out")) == known - rejected
    assert scored.accepted + scored.rejected == len(homes)


def test_a_household_too_large_for_narrow_numbers_is_scored_with_wider_ones(country: Country, tmp_path: Path) -> None:
    home, person = country.households[0], country.persons[0]
    many = 2 ** batch_run.FIELD_BITS[0] + 5
    person = {**person, "household_id": home["household_id"], "working": True, "birth_date": date(1990, 1, 1)}
    people = [{**person, "person_id": f"q{number}"} for number in range(many)]
    others = [one for one in country.persons if one["household_id"] != home["household_id"]]
    score_country(Country(country.households, others).write(tmp_path / "a"), tmp_path / "small", on=ON)
    score_country(Country(country.households, others + people).write(tmp_path / "b"), tmp_path / "large", on=ON)
    small, large = scores(tmp_path / "small"), scores(tmp_path / "large")
    assert large.pop(home["household_id"])["working"] == 300
    assert large == small


def test_progress_only_grows_and_ends_whole(facts: Path, tmp_path: Path) -> None:
    told: list[float] = []
    score_country(facts, tmp_path / "out", on=ON, progress=lambda share, _households: told.append(share))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_killed_run_leaves_no_output(facts: Path, tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from datetime import date; from pathlib import Path\n"
        "from demeu.scoring.batch.country import score_country\n"
        "def heard(share, _): share > 0.6 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "score_country(Path(sys.argv[1]), Path(sys.argv[2]), on=date(2026, 11, 22), progress=heard)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(facts), str(tmp_path / "out")], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()
    score_country(facts, tmp_path / "out", on=ON)
    assert len(scores(tmp_path / "out")) == 200


def test_part_files_of_other_types_are_read_as_the_contract_has_them(facts: Path, tmp_path: Path) -> None:
    rows = pq.read_table(facts / "households.parquet")
    place = rows.schema.get_field_index("housing_units")
    many = rows.slice(100).set_column(place, "housing_units", pa.array([1000] * 100, pa.int64()))
    pq.write_table(pa.concat_tables([rows.slice(0, 100), many]), facts / "households.parquet")
    score_country(facts, tmp_path / "one", on=ON)
    (facts / "households.parquet").unlink()
    (facts / "households").mkdir()
    narrow = rows.slice(0, 60).set_column(place, "housing_units", rows["housing_units"].slice(0, 60).cast(pa.int8()))
    for number, part in enumerate((narrow, rows.slice(60, 40), many)):
        pq.write_table(part, facts / "households" / f"part-{number}.parquet")
    (facts / "households" / "._part-0.parquet").write_bytes(b"left by another system")
    score_country(facts, tmp_path / "two", on=ON)
    assert scores(tmp_path / "one") == scores(tmp_path / "two")


def test_a_part_file_whose_column_is_all_nulls_is_read(facts: Path, tmp_path: Path) -> None:
    rows = pq.read_table(facts / "households.parquet")
    place = rows.schema.get_field_index("land_plots")
    (facts / "households.parquet").unlink()
    (facts / "households").mkdir()
    nulls = rows.slice(0, 50).set_column(place, "land_plots", pa.nulls(50))
    pq.write_table(nulls, facts / "households" / "part-0.parquet")
    pq.write_table(rows.slice(50), facts / "households" / "part-1.parquet")
    score_country(facts, tmp_path / "out", on=ON)
    assert len(scores(tmp_path / "out")) == 200


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda rows: rows.set_column(1, "housing_units", pa.array([2**64 - 1] * len(rows), pa.uint64())),
            "the column housing_units is uint64, int64 is expected",
        ),
        (lambda rows: rows.append_column("KATO", rows["kato"]), "the column kato is there 2 times"),
    ],
)
def test_a_column_that_no_engine_reads_right_is_refused(
    facts: Path, tmp_path: Path, change: Callable[[pa.Table], pa.Table], fault: str
) -> None:
    changed(facts, "households", lambda rows: change(rows.select(["household_id", *_others(rows)])))
    with pytest.raises(Refusal) as refused:
        score_country(facts, tmp_path / "out", on=ON)
    assert said(refused) == [f"{facts}/households.parquet: {fault}"]


def _others(rows: pa.Table) -> list[str]:
    """All columns but the reference, with the number of homes first."""
    return ["housing_units", *(name for name in rows.column_names if name not in ("household_id", "housing_units"))]


def test_a_file_beside_part_files_is_refused(facts: Path, tmp_path: Path) -> None:
    (facts / "households").mkdir()
    (facts / "households" / "part-0.parquet").write_bytes((facts / "households.parquet").read_bytes())
    with pytest.raises(Refusal) as refused:
        score_country(facts, tmp_path / "out", on=ON)
    assert said(refused) == [f"{facts}: both households.parquet and households/*.parquet are there"]


def test_a_link_as_output_is_followed(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    score_country(facts, tmp_path / "out", on=ON)
    assert len(scores(tmp_path / "disk")) == 200
    assert (tmp_path / "out").is_symlink()


def test_spans_tell_only_what_every_file_tells(facts: Path) -> None:
    rows = pq.read_table(facts / "households.parquet").sort_by("household_id")
    told = sources(facts)["households"].told.spans["housing_units"]
    known = [units for units in rows["housing_units"].to_pylist() if units is not None]
    assert told == (min(known), max(known))
    pq.write_table(rows, facts / "households.parquet", write_statistics=False)
    assert sources(facts)["households"].told.spans == {}
