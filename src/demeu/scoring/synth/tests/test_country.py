"""The synthetic country: published proportions come out, a seed gives the same bytes, nothing is half-written."""

import hashlib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.kernel.errors import Refusal
from demeu.scoring.facts import age_years, faults
from demeu.scoring.synth import country
from demeu.scoring.synth.columns import HOUSEHOLDS, PERSONS, STRATA
from demeu.scoring.synth.country import write_country
from demeu.scoring.synth.marginals import content, marginals, unsourced
from demeu.scoring.synth.numbers import check_digits

HOUSEHOLDS_IN_SAMPLE = 20_000
ON = date(2026, 11, 22)


def read(folder: Path, name: str) -> pa.Table:
    return pq.read_table(folder / f"{name}.parquet")


def check_digit(eleven: str) -> int:
    """The published rule of the twelfth digit, digit by digit: weights 1…11, then 3…11, 1, 2; 10 = not issued."""
    for first in (1, 3):
        total = sum(int(digit) * ((first + place - 1) % 11 + 1) for place, digit in enumerate(eleven))
        if total % 11 < 10:
            return total % 11
    return 10


def test_the_check_digit_is_that_of_known_numbers() -> None:
    known = ("900101100014", "900101200010", "900101100500")
    assert [check_digit(number[:11]) for number in known] == [int(number[-1]) for number in known]
    assert check_digit("90010110055") == 10
    eleven = np.array([int(number[:11]) for number in (*known, "900101100550")])
    assert list(check_digits(eleven)) == [4, 0, 0, 10]


def by_region(name: str) -> dict[str, float]:
    return {code: one["value"] for code, one in content()["regions"][name].items() if code != "unit"}


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country") / "sample"
    write_country(HOUSEHOLDS_IN_SAMPLE, 7, folder, iins=True)
    return folder


@pytest.fixture(scope="module")
def persons(sample: Path) -> list[dict[str, Any]]:
    rows = read(sample, "persons").to_pylist()
    return [row | {"age": age_years(row["birth_date"], marginals().as_of)} for row in rows]


def share(rows: list[dict[str, Any]], name: str) -> float:
    answered = [row[name] for row in rows if row[name] is not None]
    return sum(map(bool, answered)) / len(answered)


def test_columns_and_types_are_those_of_the_contract(sample: Path) -> None:
    for name, schema, facts in (("households", HOUSEHOLDS, HouseholdFacts), ("persons", PERSONS, PersonFacts)):
        assert read(sample, name).schema.equals(schema)
        assert schema.names == list(facts.model_fields) == list(get_type_hints(facts))[-len(schema) :]
    assert read(sample, "strata").schema.equals(STRATA)


def test_every_number_of_the_marginals_is_published_or_marked_as_ours() -> None:
    assert list(unsourced(content())) == []
    held = dict(content()) | {"need": {"noise": {"value": 1}}}
    assert list(unsourced(held)) == ["need.noise: either a source or an assumption"]
    held["need"] = {"noise": {"value": 1, "source": "rumour"}, "hidden": {"value": 1, "assumed": True}}
    assert len(list(unsourced(held))) == 2


def test_regions_hold_their_published_share_of_the_people(sample: Path) -> None:
    people: dict[str, int] = defaultdict(int)
    for row in read(sample, "strata").to_pylist():
        people[row["region"]] += row["family_size"]
    published = by_region("people")
    assert len(published) == 20
    for code, count in published.items():
        assert people[code] / sum(people.values()) == pytest.approx(count / sum(published.values()), abs=0.006), code


def test_villages_and_towns_hold_their_published_share(sample: Path) -> None:
    urban, whole = defaultdict(int), defaultdict(int)
    for row in read(sample, "strata").to_pylist():
        whole[row["region"]] += row["family_size"]
        urban[row["region"]] += row["family_size"] * (not row["rural"])
    for code, told in by_region("urban").items():
        assert urban[code] / whole[code] == pytest.approx(told, abs=0.06), code


def test_family_sizes_and_ages_are_as_published(persons: list[dict[str, Any]]) -> None:
    told, country_wide = content()["person"], content()["country"]
    mean = country_wide["persons"]["value"] / country_wide["households"]["value"]
    assert len(persons) / HOUSEHOLDS_IN_SAMPLE == pytest.approx(mean, rel=0.02)
    minors = sum(one["age"] < 18 for one in persons) / len(persons)
    assert minors == pytest.approx(told["minors_share"]["value"], abs=0.015)
    adults = [one["age"] for one in persons if one["age"] >= 18]
    assert sum(age >= 60 for age in adults) / len(adults) == pytest.approx(
        told["adults_60_and_older"]["value"], abs=0.02
    )
    sizes = defaultdict(int)
    for one in persons:
        sizes[one["household_id"]] += 1
    large = sum(size for size in sizes.values() if size >= 5) / len(persons)
    assert large == pytest.approx(content()["household"]["share_of_people_in_five_or_more"]["value"], abs=0.03)


def test_work_health_and_loans_are_as_published(persons: list[dict[str, Any]]) -> None:
    told = content()["person"]
    adults = [one for one in persons if one["age"] >= 18]
    minors = [one for one in persons if one["age"] < 18]
    assert share(adults, "has_credit") == pytest.approx(told["has_credit"]["value"], abs=0.015)
    assert share(persons, "insured") == pytest.approx(told["insured"]["value"], abs=0.02)
    assert share(minors, "disability_childhood") == pytest.approx(told["disability_minor"]["value"], abs=0.004)
    small = [one for one in persons if 2 <= one["age"] <= 5]
    assert share(small, "preschool_enrolled") == pytest.approx(told["preschool_enrolled"]["value"], abs=0.01)
    employed = sum(bool(one["working"]) for one in persons) / sum(one["age"] >= 15 for one in persons)
    assert employed == pytest.approx(0.646, abs=0.06)


def test_incomes_are_skewed_and_near_the_survey(persons: list[dict[str, Any]], sample: Path) -> None:
    declared: dict[str, int] = defaultdict(int)
    for one in persons:
        declared[one["household_id"]] += one["income_monthly_tiyn"] or 0
    strata = read(sample, "strata").to_pylist()
    heads = sorted(declared[one["household_id"]] / one["family_size"] / 100 for one in strata)
    mean, median = sum(heads) / len(heads), heads[len(heads) // 2]
    assert median < 0.95 * mean
    lived_on = sum(one["consumption_monthly_tiyn"] for one in strata) / sum(one["family_size"] for one in strata) / 100
    assert lived_on == pytest.approx(content()["need"]["head_mean_tenge"]["value"], rel=0.02)
    assert 0.6 * lived_on < sum(declared.values()) / len(persons) / 100 < lived_on


def test_what_cannot_apply_is_sent_as_false_or_zero(persons: list[dict[str, Any]]) -> None:
    never = ("has_credit", "overdue_days", "overdue_tiyn", "sole_proprietor", "founder", "working", "able_bodied")
    minors = [one for one in persons if one["age"] < 18]
    assert len(minors) > 20_000
    for name in (*never, "disability_group", "student"):
        assert {one[name] for one in minors} == {False}, name


def test_answers_are_missing_as_often_as_the_marginals_say(sample: Path, tmp_path: Path) -> None:
    table = read(sample, "households")
    for name in ("housing_units", "housing_area_m2", "smallholding_value_tiyn"):
        missing = table.column(name).null_count / table.num_rows
        assert missing == pytest.approx(marginals().nulls[name], abs=0.003), name
    write_country(2_000, 7, tmp_path / "full", nulls=0)
    for name in ("households", "persons"):
        assert sum(column.null_count for column in read(tmp_path / "full", name).columns) == 0


def test_kato_has_nine_digits_and_agrees_with_region_and_settlement(sample: Path) -> None:
    strata = {one["household_id"]: one for one in read(sample, "strata").to_pylist()}
    for row in read(sample, "households").to_pylist():
        known = strata[row["household_id"]]
        if row["kato"] is not None:
            assert len(row["kato"]) == 9
            assert row["kato"][:2] == known["region"]
        if row["settlement_class"] in ("rural_okrug", "rural_settlement"):
            assert known["rural"]
        if row["settlement_class"] == "republic_city":
            assert known["region"] in ("71", "75", "79")


def test_every_household_is_accepted_and_every_person_has_one(sample: Path, persons: list[dict[str, Any]]) -> None:
    members = defaultdict(list)
    for one in persons[:12_000]:
        members[one["household_id"]].append(PersonFacts(**{k: v for k, v in one.items() if k != "age"}))
    households = {row["household_id"]: HouseholdFacts(**row) for row in read(sample, "households").to_pylist()}
    assert {one["household_id"] for one in persons} == set(households)
    for id in list(members)[:-1]:
        assert faults(households[id], members[id], ON) == ()


def test_identity_numbers_are_valid_different_and_agree_with_the_birthday(sample: Path) -> None:
    born = {one["person_id"]: one["birth_date"] for one in read(sample, "persons").to_pylist()}
    numbers = read(sample, "iins").to_pylist()
    assert len({one["iin"] for one in numbers}) == len(born)
    for one in numbers:
        day = born[one["person_id"]]
        assert check_digit(one["iin"][:11]) == int(one["iin"][11])
        assert one["iin"][:6] == day.strftime("%y%m%d")
        assert int(one["iin"][6]) in ((3, 4) if day.year < 2000 else (5, 6))


def test_facts_and_strata_hold_no_identity_number(sample: Path, tmp_path: Path) -> None:
    for name in ("households", "persons", "strata"):
        assert "iin" not in read(sample, name).schema.names
    write_country(50, 1, tmp_path / "apart")
    assert sorted(path.name for path in (tmp_path / "apart").iterdir()) == [
        "households.parquet",
        "persons.parquet",
        "strata.parquet",
    ]


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(country, "CHUNK", 700)
    write_country(3_000, 5, tmp_path / "one", threads=1, faults=1)
    write_country(3_000, 5, tmp_path / "three", threads=3, faults=1)
    write_country(3_000, 6, tmp_path / "other", threads=1, faults=1)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "three")
    assert hashes(tmp_path / "one")["persons.parquet"] != hashes(tmp_path / "other")["persons.parquet"]


def test_shuffling_changes_order_and_references_and_nothing_else(tmp_path: Path) -> None:
    write_country(400, 5, tmp_path / "plain", nulls=0)
    write_country(400, 5, tmp_path / "mixed", nulls=0, shuffle=True)

    def anonymous(folder: Path) -> list[str]:
        rows = read(folder, "persons").to_pylist()
        return sorted(str({k: v for k, v in row.items() if not k.endswith("_id")}) for row in rows)

    assert anonymous(tmp_path / "plain") == anonymous(tmp_path / "mixed")
    ids = read(tmp_path / "mixed", "persons").column("household_id").to_pylist()
    assert len(set(ids)) == 400
    assert ids != sorted(ids)
    assert max(map(len, read(tmp_path / "mixed", "persons").column("person_id").to_pylist())) <= 12


def test_progress_is_heard_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country, "CHUNK", 100)
    heard: list[int] = []
    write_country(250, 5, tmp_path / "out", progress=heard.append)
    assert heard == [100, 200, 250]


def test_a_crash_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country, "CHUNK", 100)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_country(250, 5, tmp_path / "out", progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("country.households", {"households": 0}),
        ("country.households", {"households": 10**9}),
        ("country.seed", {"seed": -1}),
        ("country.nulls", {"nulls": -0.1}),
        ("country.nulls", {"nulls": float("nan")}),
        ("country.faults", {"faults": -1}),
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, code: str, asked: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        write_country(**{"households": 10, "seed": 0, "out": tmp_path / "out"} | asked)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_anything_in_it_is_refused_and_an_empty_one_is_taken(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(Refusal) as refused:
        write_country(10, 0, tmp_path / "full")
    assert refused.value.code == "country.not_empty"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    write_country(10, 0, tmp_path / "empty")
    assert read(tmp_path / "empty", "households").num_rows == 10
