"""The text of a criterion is released like its numbers, and a copied folder is all that a new one takes."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from demeu.scoring import criteria, texts
from demeu.scoring.assess import assess_by
from demeu.scoring.rule_sets import FOLDER, RuleSetChanged, canonical_hash, hashes_of_texts, read_folder, rules_on
from demeu.scoring.rule_sets import released as released_sets
from demeu.scoring.tests.families import family
from demeu.scoring.texts import hash_of_source, source_of, text_hash, written_in

ON = date(2026, 11, 22)
LAND = (FOLDER.parent / "criteria" / "land" / "criterion.py").read_text("utf-8")
PACKAGE = FOLDER.parents[1]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of one criterion and of one rule set, each copied under a new name and filled."""
    rules, codes = tmp_path / "rules", tmp_path / "criteria"
    shutil.copytree(FOLDER, rules)
    shutil.copytree(FOLDER / "kz-2026-and", rules / "kz-trial")
    shutil.copytree(FOLDER.parent / "criteria" / "land", codes / "orchard")
    (codes / "orchard" / "criterion.py").write_text(LAND.replace('code="land"', 'code="orchard"'), "utf-8")
    numbers = (FOLDER / "kz-2026-and" / "criteria" / "land.yaml").read_text("utf-8")
    (rules / "kz-trial" / "criteria" / "orchard.yaml").write_text(numbers.replace("value: 150", "value: 70"), "utf-8")
    about = rules / "kz-trial" / "rule_set.yaml"
    about.write_text(about.read_text("utf-8").replace("  - land\n", "  - land\n  - orchard\n"), "utf-8")
    monkeypatch.setattr(criteria, "__path__", [*criteria.__path__, str(codes)])
    release(rules)
    yield tmp_path
    for module in ("orchard", "orchard.criterion"):
        sys.modules.pop(f"demeu.scoring.criteria.{module}", None)
    for remembered in (texts.text, texts.text_hash, texts.written_in):
        remembered.cache_clear()


def release(rules: Path) -> None:
    """Writes the hash of the new set and of the new text into the register of what is released."""
    register = yaml.safe_load((rules / "released.yaml").read_text("utf-8"))
    files = read_folder(rules / "kz-trial")
    hashes = hashes_of_texts(files)
    register["hashes"]["kz-trial"] = canonical_hash(files, hashes)
    register["texts"] |= hashes
    (rules / "released.yaml").write_text(yaml.safe_dump(register), "utf-8")


def test_a_copied_criterion_in_a_copied_rule_set_counts_as_the_24th(copied: Path) -> None:
    found = assess_by(rules_on("kz-trial", ON, copied / "rules"), family({"land_plots": 1}, [{}]))
    assert [one.code for one in found.indicators][-2:] == ["land", "orchard"]
    assert [one.points for one in found.indicators][-2:] == [150, 70]
    assert (len(found.indicators), found.total) == (24, 220)
    assert len(rules_on("kz-2026-and", ON, copied / "rules").criteria) == 23


def test_a_changed_text_of_a_released_criterion_is_refused(copied: Path) -> None:
    released_sets(copied / "rules")
    path = copied / "criteria" / "orchard" / "criterion.py"
    path.write_text(path.read_text("utf-8").replace(">= limits.some", "> limits.some"), "utf-8")
    for remembered in (released_sets, text_hash):
        remembered.cache_clear()
    with pytest.raises(RuleSetChanged, match=r"criteria\.orchard\.criterion: its text hashes to"):
        released_sets(copied / "rules")


def test_a_criterion_without_a_folder_is_named(copied: Path) -> None:
    about = copied / "rules" / "kz-trial" / "rule_set.yaml"
    about.write_text(about.read_text("utf-8").replace("- orchard", "- vineyard"), "utf-8")
    with pytest.raises(RuleSetChanged, match=r"kz-trial: there is no criteria/vineyard/criterion\.py"):
        released_sets(copied / "rules")


def test_the_program_refuses_a_changed_criterion_at_once(tmp_path: Path) -> None:
    shutil.copytree(
        PACKAGE, tmp_path / "demeu", ignore=shutil.ignore_patterns("__pycache__", "tests", "static", "portal")
    )
    path = tmp_path / "demeu" / "scoring" / "criteria" / "housing" / "criterion.py"
    path.write_text(path.read_text("utf-8").replace("housing_area_m2 <", "housing_area_m2 <="), "utf-8")
    run = [sys.executable, "-c", "from demeu.cli.score import app; app()", "rules"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", env=env, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "criteria.housing.criterion: its text hashes to" in ran.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""Land plots of the household."""', '"""Plots."""'),
        ("    return when(", "    # why\n    return when("),
        ("\n\n\n", "\n\n"),
        ('"""Present from the first one. Order 267, group Псх."""', '"""One\n    or more."""'),
    ],
)
def test_comments_docstrings_and_layout_are_not_text(old: str, new: str) -> None:
    assert old in LAND
    assert hash_of_source(LAND.replace(old, new)) == hash_of_source(LAND)


@pytest.mark.parametrize(
    ("old", "new"),
    [(">=", ">"), ("limits.some", "limits.nothing"), ("present, outcomes.none", "none, outcomes.present"),
     ('code="land"', 'code="lands"')],
)  # fmt: skip
def test_every_word_of_the_rule_is_text(old: str, new: str) -> None:
    assert old in LAND
    assert hash_of_source(LAND.replace(old, new)) != hash_of_source(LAND)


def test_moving_a_line_out_of_a_block_is_a_change_of_text() -> None:
    inside, outside = "def f(a):\n    b = a\n    return b\n", "def f(a):\n    b = a\nreturn b\n"
    assert hash_of_source(inside) != hash_of_source(outside)


def test_the_hash_of_a_text_is_the_same_on_every_python() -> None:
    source = '"""Says."""\n\n\ndef f(a, b):\n    """More."""\n    return (a >= b) & (a < 2**3)\n'
    assert hash_of_source(source) == "156dc8b5747d1cde68676873763e20f400f10eb61e207233f11a52a26c2278f9"


def test_no_text_of_a_rule_holds_an_f_string_whose_tokens_differ_between_pythons() -> None:
    names = {name for one in released_sets().values() for name in hashes_of_texts(one.files)}
    assert "criteria.language" in names
    assert not [name for name in names for node in ast.walk(ast.parse(source_of(name))) if type(node) is ast.JoinedStr]


def test_a_rule_is_written_in_all_that_it_imports() -> None:
    assert written_in("category_six.any_of.criterion") == (
        "category_six.any_of.criterion",
        "category_six.conditions",
        "criteria.language",
    )
