"""Rule sets are complete, dated, hashed and immutable; criteria hold no number and no branch."""

import ast
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from demeu.contracts.scoring import HouseholdFacts
from demeu.kernel.errors import Refusal
from demeu.scoring.rule_sets import (
    FOLDER,
    RuleSetChanged,
    canonical_hash,
    hashes_of_texts,
    read_folder,
    released,
    rule_set,
    rules_on,
)
from demeu.scoring.texts import READINGS, text
from demeu.scoring.trace import messages

CRITERIA_FOLDER = FOLDER.parent / "criteria"
MODULES = sorted([*CRITERIA_FOLDER.glob("*/criterion.py"), *FOLDER.parent.glob("category_six/**/*.py")])
ON = date(2026, 11, 22)
BRANCHES = (
    ast.If,
    ast.IfExp,
    ast.BoolOp,
    ast.UnaryOp,
    ast.While,
    ast.For,
    ast.Match,
    ast.Div,
    ast.FloorDiv,
    ast.JoinedStr,
)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_criterion_holds_no_number_and_no_branch(module: Path) -> None:
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    numbers = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, int | float)]
    assert [value for value in numbers if not isinstance(value, bool)] == []
    assert [type(node).__name__ for node in nodes if isinstance(node, BRANCHES)] == []


def test_each_of_the_23_criteria_has_a_folder_of_its_name_and_numbers() -> None:
    for id in released():
        codes = list(rule_set(id).criteria)
        assert codes == [ruled.criterion.code for ruled in rules_on(id, ON).criteria]
        assert codes == [rule_set(id).files[f"criteria/{code}.yaml"]["criterion"] for code in codes]
        assert set(codes) == {path.parent.name for path in CRITERIA_FOLDER.glob("*/criterion.py")}
        assert len(codes) == len(set(codes)) == 23


def test_no_measure_has_the_name_of_a_fact_of_the_household() -> None:
    in_force = rules_on(None, ON)
    measures = {name for ruled in (*in_force.criteria, in_force.category_six) for name in ruled.criterion.measures}
    assert not measures & {*HouseholdFacts.model_fields, "members"}


def test_free_choice_of_every_option_spans_the_published_range() -> None:
    points = [[one.points for one in vars(ruled.outcomes).values()] for ruled in rules_on(None, ON).criteria]
    assert (sum(map(min, points)), sum(map(max, points))) == (-1670, 4600)


@pytest.mark.parametrize("id", ["kz-2026-and", "kz-2026-or"])
def test_every_number_has_value_unit_date_source_and_state(id: str) -> None:
    chosen = rule_set(id)
    for name, file in chosen.files.items():
        if name in {"rule_set.yaml", "changelog.yaml"}:
            continue
        for part in ("limits", "outcomes", "levels", "categories"):
            for entries in file.get(part, {}).values():
                for entry in entries:
                    assert set(entry) - {"until"} == {"from", "value", "unit", "source", "confirmed"}
                    assert isinstance(entry["from"], date)
                    assert isinstance(entry["confirmed"], bool)
                    assert set(chosen.sources[entry["source"]]) == {"kk", "ru", "en"}


def test_the_change_log_names_periods_and_categories() -> None:
    for one in released().values():
        assert one.changelog
        for entry in one.changelog:
            assert set(entry) == {"date", "change", "impacted_periods", "impacted_categories"}
            assert set(entry["change"]) == {"kk", "ru", "en"}
            assert all(period["from"] <= period["until"] for period in entry["impacted_periods"])
            assert set(entry["impacted_categories"]) <= {1, 2, 3, 4, 5, 6}


def test_the_two_rule_sets_differ_only_in_the_rule_of_category_6() -> None:
    first, second = rule_set("kz-2026-and").files, rule_set("kz-2026-or").files
    differing = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    assert differing == {"rule_set.yaml", "changelog.yaml", "verdict.yaml"}
    assert rule_set(None).id == "kz-2026-and"


def hash_of(folder: Path) -> str:
    files = read_folder(folder)
    return canonical_hash(files, hashes_of_texts(files))


def test_the_hash_ignores_layout_and_notices_every_number(tmp_path: Path) -> None:
    copy = tmp_path / "kz-2026-and"
    shutil.copytree(FOLDER / "kz-2026-and", copy)
    path = copy / "criteria" / "land.yaml"
    path.write_text("# a remark\n" + path.read_text("utf-8"), "utf-8")
    assert hash_of(copy) == rule_set("kz-2026-and").hash
    path.write_text(path.read_text("utf-8").replace("150", "160"), "utf-8")
    assert hash_of(copy) != rule_set("kz-2026-and").hash


def test_an_edited_rule_set_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "rules")
    path = tmp_path / "rules" / "kz-2026-or" / "verdict.yaml"
    path.write_text(path.read_text("utf-8").replace("730", "740"), "utf-8")
    with pytest.raises(RuleSetChanged, match="kz-2026-or"):
        released(tmp_path / "rules")


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2027, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_date_without_a_known_minimum_is_refused(on: date) -> None:
    with pytest.raises(Refusal) as refused:
        rules_on(None, on)
    assert refused.value.code == "score.no_minimum"


@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_minimum_is_that_of_the_year(on: date) -> None:
    minimum_tiyn = rules_on(None, on).criteria[0].limits.minimum_tiyn
    assert minimum_tiyn == {2025: 4_622_800, 2026: 5_085_100}[on.year]


def test_an_unknown_rule_set_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        rules_on("kz-1999", ON)
    assert refused.value.code == "rules.unknown"


def test_every_outcome_title_and_fact_has_words_in_three_languages() -> None:
    in_force = rules_on(None, ON)
    readings = [text(READINGS, reading).words for reading in ("all_of", "any_of")]
    assert all(set(words["reasons"]) == {*vars(in_force.category_six.outcomes), "unknown"} for words in readings)
    for ruled in in_force.criteria:
        assert set(ruled.words["reasons"]) == set(vars(ruled.outcomes))
        assert all(unit in messages("units") for unit in ruled.criterion.shown.values())
    for words in (*readings, *(ruled.words for ruled in in_force.criteria)):
        texts = [*words["reasons"].values(), words["title"]]
        assert all(set(one) == {"kk", "ru", "en"} and all(one.values()) for one in texts)
    for ruled in (*in_force.criteria, in_force.category_six):
        assert all(set(messages("facts")[fact]) == {"kk", "ru", "en"} for fact in ruled.criterion.asked)


def test_the_register_of_released_rule_sets_names_each_folder() -> None:
    register = yaml.safe_load((FOLDER / "released.yaml").read_text("utf-8"))
    assert set(register["hashes"]) == {path.name for path in FOLDER.iterdir() if path.is_dir()}
