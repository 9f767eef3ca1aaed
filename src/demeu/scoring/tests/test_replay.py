"""A stored decision recomputes bit for bit, and nothing in it can be changed unnoticed. As a process."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from demeu.cli.score import app
from demeu.scoring.replay import canonical, decide
from demeu.scoring.rule_sets import released
from demeu.scoring.tests.families import examples, family
from demeu.scoring.tests.test_command import demeu_score, write

ON = date(2026, 11, 22)
Edit = Callable[[dict[str, Any]], Any]


HOUSEHOLD = {"housing_units": 2, "land_plots": None}
MEMBERS = [{"income_monthly_tiyn": 7_500_000}, {}]


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    """A stored decision about a family of two with an unanswered fact."""
    path = tmp_path / "decision.json"
    path.write_bytes(canonical(decide(family(HOUSEHOLD, MEMBERS).model_copy(update={"lang": "en"}), on=ON)))
    return path


def replayed(path: Path) -> tuple[int, str]:
    """Exit code and errors, in this process: quick enough to try every byte."""
    ran = CliRunner().invoke(app, ["replay", str(path), "--lang", "en"])
    return ran.exit_code, ran.stderr


def edited(path: Path, edit: Edit) -> Path:
    content = json.loads(path.read_text("utf-8"))
    edit(content)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8")
    return path


def test_a_saved_decision_replays_identically(tmp_path: Path, decision: Path) -> None:
    facts, path = write(tmp_path, HOUSEHOLD, MEMBERS), tmp_path / "saved.json"
    saved = demeu_score("assess", facts, "--on", "2026-11-22", "--lang", "en", "--save", str(path), "--json")
    assert saved.returncode == 0, saved.stderr
    assert str(path) in saved.stderr
    assert path.read_bytes() == decision.read_bytes()
    assert json.loads(path.read_text("utf-8"))["result"] == json.loads(saved.stdout)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ran = demeu_score("replay", str(path), "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Identical: recomputed by kz-2026-and (sha256:")


def test_it_replays_identically_on_another_day_of_another_clock(decision: Path) -> None:
    env = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8"}
    run = [sys.executable, "-c", "from demeu.cli.score import app; app()", "replay", str(decision)]
    assert subprocess.run(run, env=env, capture_output=True, check=False).returncode == 0


def test_every_example_replays_in_every_language(tmp_path: Path) -> None:
    for number, example in enumerate(examples()):
        lang = ("kk", "ru", "en")[number % 3]
        path = tmp_path / f"{number}.json"
        path.write_bytes(canonical(decide(example.request().model_copy(update={"lang": lang}), on=example.day)))
        assert replayed(path) == (0, "")


@pytest.mark.parametrize(
    ("edit", "path", "stored", "found"),
    [
        (lambda one: one["result"].update(total=51), "$.result.total", "51", "150"),
        (lambda one: one["result"].update(category="3"), "$.result.category", '"3"', "3"),
        (lambda one: one["result"].update(complete=0), "$.result.complete", "0", "false"),
        (lambda one: one["result"]["category_six"].update(fired=None), "$.result.category_six.fired", "null", "false"),
        (lambda one: one["result"]["indicators"][18].update(low=1e2), "$.result.indicators[18].low", "100.0", "100"),
        (lambda one: one["result"]["indicators"].pop(), "$.result.indicators[22]", "nothing", '{"code": "land"'),
        (lambda one: one["result"].update(extra=1), "$.result.extra", "1", "nothing"),
        (lambda one: one["result"].pop("level"), "$.result.level", "nothing", '"C"'),
        (lambda one: one["result"]["unknown"].append("housing"), "$.result.unknown[1]", '"housing"', "nothing"),
        (lambda one: one["household"].update(housing_units=1), "$.result.indicators[18].points", "100", "50"),
        (lambda one: one.update(on="2025-11-22"), "$.result.on", '"2026-11-22"', '"2025-11-22"'),
    ],
)  # fmt: skip
def test_a_changed_value_is_named_by_its_path(decision: Path, edit: Edit, path: str, stored: str, found: str) -> None:
    code, said = replayed(edited(decision, edit))
    assert code == 1
    assert f"{path}: stored {stored}, recomputed {found}" in said
    assert "only words differ" not in said


def test_no_byte_of_the_document_can_be_changed_unnoticed(decision: Path) -> None:
    content = decision.read_bytes()
    unnoticed = []
    for place in range(0, len(content), 37):
        decision.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        if replayed(decision)[0] == 0:
            unnoticed.append(place)
    assert unnoticed == []


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: json.dumps(json.loads(text), ensure_ascii=False),
        lambda text: text + " ",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("1000.0", "1000.00"),
        lambda text: text.replace("«", "\\u00ab").replace("…", "\\u2026") + "\n",
    ],
)
def test_the_same_values_written_otherwise_are_noticed(decision: Path, rewrite: Callable[[str], str]) -> None:
    decision.write_text(rewrite(decision.read_text("utf-8")), "utf-8")
    code, said = replayed(decision)
    assert code == 1
    assert "$: the values are the same but written otherwise" in said


def test_a_difference_of_words_alone_is_said_to_be_one(decision: Path) -> None:
    code, said = replayed(edited(decision, lambda one: one["result"]["indicators"][0].update(reason="Because.")))
    assert code == 1
    assert '$.result.indicators[0].reason: stored "Because."' in said
    assert "The numbers are the same; only words differ." in said


def test_other_rules_under_the_same_id_are_not_compared(decision: Path) -> None:
    code, said = replayed(edited(decision, lambda one: one.update(rule_set_hash="0" * 64)))
    assert code == 1
    assert f"$.rule_set_hash: the decision was made by rules of sha256 {'0' * 64}" in said
    assert released()["kz-2026-and"].hash in said


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda one: one.update(rule_set="kz-1999"), "rules.unknown"),
        (lambda one: one.pop("household"), "$.household: Field required"),
        (lambda one: one["persons"][1].pop("birth_date"), "$.persons[1].birth_date: Field required"),
        (lambda one: one["persons"][0].update(working="yes"), "$.persons[0].working"),
        (lambda one: one.pop("result"), "$.result: an object is expected"),
        (lambda one: one.update(on="2031-01-01"), "score.no_minimum"),
        (lambda one: one.update(document="demeu-decision-2"), "$.document"),
        (lambda one: one.update(surprise=1), "$.surprise"),
        (lambda one: one["household"].update(land_plots=-1), "$.household.land_plots: below_zero"),
    ],
)
def test_an_unusable_decision_ends_with_2_and_its_place(decision: Path, edit: Edit, said: str) -> None:
    code, told = replayed(edited(decision, edit))
    assert code == 2
    assert said in told


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1]", b"null", b'{"a": NaN}', b'{"on":1,"on":2}', b"[" * 100_000, b"9" * 9_999],
)
def test_a_file_that_is_no_decision_ends_with_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "decision.json"
    path.write_bytes(content)
    ran = demeu_score("replay", str(path))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    assert demeu_score("replay", str(tmp_path / "none.json")).returncode == 2


def test_a_decision_is_never_written_over(decision: Path, tmp_path: Path) -> None:
    before = decision.read_bytes()
    facts = write(tmp_path, HOUSEHOLD, MEMBERS)
    ran = demeu_score("assess", facts, "--on", "2026-11-22", "--save", str(decision))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert str(decision) in ran.stderr
    assert decision.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decision.json", "family.json"]


def test_a_decision_about_unusable_facts_is_not_written(tmp_path: Path) -> None:
    facts = write(tmp_path, {"land_plots": -1}, [{}])
    ran = demeu_score("assess", facts, "--on", "2026-11-22", "--save", str(tmp_path / "decision.json"))
    assert ran.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["family.json"]


def test_a_place_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    facts = write(tmp_path, {}, [{}])
    ran = demeu_score("assess", facts, "--on", "2026-11-22", "--save", str(tmp_path / "none" / "decision.json"))
    assert (ran.returncode, ran.stdout) == (2, "")


def test_the_canonical_form_is_one_line_with_sorted_keys() -> None:
    text = canonical(decide(family({}, [{}]), on=ON)).decode()
    assert text.count("\n") == 1
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
