"""`demeu score`, as a process: output, exit codes and the JSON path of what cannot be used."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demeu.scoring.tests.families import family

RUN = "from demeu.cli.score import app; app()"


def demeu_score(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True,
        text=True,
        encoding="latin-1" if env["PYTHONIOENCODING"] == "latin-1" else "utf-8",
        env=env,
        check=False,
    )


def write(folder: Path, household: dict[str, Any], members: list[dict[str, Any]], **changed: Any) -> str:
    path = folder / "family.json"
    asked = json.loads(family(household, members).model_dump_json(exclude={"rules", "on", "lang"})) | changed
    path.write_text(json.dumps(asked), "utf-8")
    return str(path)


def test_it_prints_the_assessment_as_json(tmp_path: Path) -> None:
    path = write(tmp_path, {"housing_units": 2}, [{}])
    ran = demeu_score("assess", path, "--on", "2026-11-22", "--rules", "kz-2026-or", "--lang", "en", "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["category"], found["rule_set"], found["on"]) == (6, "kz-2026-or", "2026-11-22")
    assert found["indicators"][18]["reason"] == "Two or three homes."


def test_the_sample_of_the_docs_is_assessed() -> None:
    sample = Path(__file__).parents[4] / "docs" / "guides" / "family.json"
    ran = demeu_score("assess", str(sample), "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["unknown"] == ["chronic"]


@pytest.mark.parametrize(("lang", "word"), [("kk", "Санат: 3"), ("ru", "Категория: 3"), ("en", "Category: 3")])
def test_it_prints_a_report_in_three_languages(tmp_path: Path, lang: str, word: str) -> None:
    ran = demeu_score("assess", write(tmp_path, {}, [{}]), "--on", "2026-11-22", "--lang", lang)
    assert ran.returncode == 0, ran.stderr
    assert word in ran.stdout
    assert "sha256:" in ran.stdout


def test_a_provisional_category_names_its_ends(tmp_path: Path) -> None:
    path = write(tmp_path, {"housing_units": None}, [{}], on="2026-11-22", lang="en")
    ran = demeu_score("assess", path)
    assert "provisional; categories 2–5 are possible" in ran.stdout


@pytest.mark.parametrize(
    ("household", "members", "changed", "said"),
    [
        ({"land_plots": -1}, [{}], {}, "$.household.land_plots: below_zero"),
        ({}, [{}, {"birth_date": "2030-01-01"}], {}, "$.persons[1].birth_date: after_assessment_date"),
        ({}, [{}], {"persons": [{"person_id": "p"}]}, "$.persons[0].birth_date: Field required"),
        ({}, [{}], {"surprise": 1}, "$.surprise"),
        ({}, [{}], {"rules": "kz-1999"}, "rules.unknown"),
        ({}, [{}], {"on": "2031-01-01"}, "score.no_minimum"),
    ],
)
def test_unusable_facts_end_with_2_and_their_place(
    tmp_path: Path, household: dict[str, Any], members: list[dict[str, Any]], changed: dict[str, Any], said: str
) -> None:
    ran = demeu_score("assess", write(tmp_path, household, members, **({"on": "2026-11-22"} | changed)))
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe\x00", b"[1]", b"null"])
def test_a_file_that_is_not_a_family_ends_with_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "family.json"
    path.write_bytes(content)
    ran = demeu_score("assess", str(path))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("day", ["22.11.2026", "2026-02-30", "2027-01-01"])
def test_a_day_that_cannot_be_used_ends_with_2(tmp_path: Path, day: str) -> None:
    ran = demeu_score("assess", write(tmp_path, {}, [{}]), "--on", day)
    assert ran.returncode == 2
    assert day in ran.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    assert demeu_score("assess", str(tmp_path / "none.json")).returncode == 2


def test_it_lists_rule_sets_with_their_hashes() -> None:
    ran = demeu_score("rules", "--json")
    assert ran.returncode == 0
    assert [len(one["hash"]) for one in json.loads(ran.stdout)["rule_sets"]] == [64, 64]
    assert "* kz-2026-and" in demeu_score("rules").stdout


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("NaN", "$.household.housing_area_m2: not_a_number"),
        ("Infinity", "$.household.housing_area_m2: not_a_number"),
        ("1e400", "$.household.housing_area_m2: not_a_number"),
        ("9" * 5000, "$.household.housing_area_m2: not_a_number"),
        ('1, "land_plots": 1, "land_plots": 2', "«land_plots»"),
    ],
)
def test_what_is_not_strict_json_ends_with_2_and_its_place(tmp_path: Path, number: str, said: str) -> None:
    path = Path(write(tmp_path, {}, [{}]))
    content = json.loads(path.read_text("utf-8"))
    content["household"] = {"household_id": "h", "housing_area_m2": "HERE"}
    path.write_text(json.dumps(content).replace('"HERE"', number), "utf-8")
    ran = demeu_score("assess", str(path), "--on", "2026-11-22", "--save", str(tmp_path / "decision.json"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "decision.json").exists()


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = Path(write(tmp_path, {}, [{}]))
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    assert demeu_score("assess", str(path), "--on", "2026-11-22").returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", ["assess", "changes"])
def test_a_terminal_of_another_encoding_is_spoken_to(tmp_path: Path, command: str, encoding: str) -> None:
    path = write(tmp_path, {}, [{}], on="2026-11-22", lang="kk")
    ran = demeu_score(command, path, PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_references_are_printed_as_they_stand_and_nothing_is_cut_off(tmp_path: Path) -> None:
    members = [{"person_id": "[/x]", "income_monthly_tiyn": 0}]
    path = write(tmp_path, {"housing_units": 0}, members, on="2026-11-22", lang="en")
    ran = demeu_score("changes", path)
    assert ran.returncode == 0, ran.stderr
    assert "[/x]" in ran.stdout
    narrow = demeu_score("changes", path, COLUMNS="40")
    assert narrow.returncode == 0, narrow.stderr
    assert "…" not in narrow.stdout


def test_an_unknown_rule_set_is_told_in_the_language_of_the_file(tmp_path: Path) -> None:
    ran = demeu_score("assess", write(tmp_path, {}, [{}], on="2026-11-22", rules="kz-1999", lang="kk"))
    assert ran.returncode == 2
    assert "«kz-1999» ережелер жинағы жоқ" in ran.stderr
