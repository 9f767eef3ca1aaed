"""Rule sets are complete, dated, hashed and immutable; criteria hold no number and no branch."""

import ast
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from demeu.kernel.errors import Refusal
from demeu.scoring import rule_sets
from demeu.scoring.criteria import CRITERIA
from demeu.scoring.rule_sets import FOLDER, RuleSetChanged, canonical_hash, read_folder, released, rule_set, rules_on
from demeu.scoring.trace import messages

CRITERIA_FOLDER = FOLDER.parent / "criteria"
MODULES = sorted(path for path in CRITERIA_FOLDER.glob("*.py") if path.stem not in {"__init__", "language"})
MODULES.append(FOLDER.parent / "category_six.py")
ON = date(2026, 11, 22)
BRANCHES = (ast.If, ast.IfExp, ast.BoolOp, ast.UnaryOp, ast.While, ast.For, ast.Match, ast.Div, ast.FloorDiv)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_criterion_holds_no_number_and_no_branch(module: Path) -> None:
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    numbers = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, int | float)]
    assert [value for value in numbers if not isinstance(value, bool)] == []
    assert [type(node).__name__ for node in nodes if isinstance(node, BRANCHES)] == []


def test_there_is_one_module_for_each_of_the_23_criteria() -> None:
    assert [one.code for one in CRITERIA] == list(dict.fromkeys(one.code for one in CRITERIA))
    assert {one.code for one in CRITERIA} == {path.stem for path in MODULES} - {"category_six"}
    assert len(CRITERIA) == 23


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


def test_the_two_rule_sets_differ_only_in_the_rule_of_category_6() -> None:
    first, second = rule_set("kz-2026-and").files, rule_set("kz-2026-or").files
    differing = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    assert differing == {"rule_set.yaml", "changelog.yaml", "verdict.yaml"}
    assert rule_set(None).id == "kz-2026-and"


def test_the_hash_ignores_layout_and_notices_every_number(tmp_path: Path) -> None:
    copy = tmp_path / "kz-2026-and"
    shutil.copytree(FOLDER / "kz-2026-and", copy)
    path = copy / "criteria" / "land.yaml"
    path.write_text("# a remark\n" + path.read_text("utf-8"), "utf-8")
    assert canonical_hash(read_folder(copy)) == rule_set("kz-2026-and").hash
    path.write_text(path.read_text("utf-8").replace("150", "160"), "utf-8")
    assert canonical_hash(read_folder(copy)) != rule_set("kz-2026-and").hash


def test_an_edited_rule_set_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "rules")
    path = tmp_path / "rules" / "kz-2026-or" / "verdict.yaml"
    path.write_text(path.read_text("utf-8").replace("730", "740"), "utf-8")
    monkeypatch.setattr(rule_sets, "FOLDER", tmp_path / "rules")
    with pytest.raises(RuleSetChanged, match="kz-2026-or"):
        rule_sets.released.__wrapped__()


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


def test_every_outcome_indicator_and_fact_has_words_in_three_languages() -> None:
    reasons = messages("reasons")
    for ruled in rules_on(None, ON).criteria:
        code = ruled.criterion.code
        assert set(reasons[code]) == set(vars(ruled.outcomes))
        texts = [*reasons[code].values(), messages("indicators")[code]]
        texts += [messages("facts")[fact] for fact in ruled.criterion.asked]
        assert all(set(text) == {"kk", "ru", "en"} for text in texts)
        assert all(unit in messages("units") for unit in ruled.criterion.shown.values())
    assert set(reasons) == {one.code for one in CRITERIA} | {"unknown", "category_six"}


def test_the_register_of_released_rule_sets_names_each_folder() -> None:
    register = yaml.safe_load((FOLDER / "released.yaml").read_text("utf-8"))
    assert set(register["hashes"]) == {path.name for path in FOLDER.iterdir() if path.is_dir()}
