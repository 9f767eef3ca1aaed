"""The examples a lawyer can read are what the rules promise, and they watch every number of the methodology."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from demeu.scoring.plain import find, member
from demeu.scoring.rule_sets import Outcome, Ruled, rules_on
from demeu.scoring.tests.families import Example, examples

EXAMPLES = examples()
ON = max(example.day for example in EXAMPLES)
SIX = {"fired": (True, True), "possible": (False, True), "no": (False, False)}
ONLY_ANSWERS = {"nothing", "group_absent", "group_lightest", "unit"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.file}: {example.family}")
def test_family_gets_what_its_example_says(example: Example) -> None:
    found = example.assessed()
    indicators = {one.code: one for one in found.indicators}
    for code, points in example.points.items():
        assert (indicators[code].points, indicators[code].low, indicators[code].high) == (points, points, points)
    for code, bounds in example.bounds.items():
        assert [indicators[code].low, indicators[code].high] == bounds
        assert (code in found.unknown) == (bounds[0] != bounds[1])
    for name, expected in example.verdict.items():
        if name == "six":
            assert (found.category_six.fired, found.category_six.possible) == SIX[expected]
        else:
            got = getattr(found, name)
            assert (list(got) if isinstance(got, tuple) else got) == expected


def test_there_are_enough_families_and_each_says_something() -> None:
    assert len(EXAMPLES) >= 190
    assert all(example.points or example.bounds or example.verdict for example in EXAMPLES)
    assert len({example.family for example in EXAMPLES}) == len(EXAMPLES)


def test_every_outcome_of_every_criterion_has_a_family() -> None:
    reached: set[tuple[str, str]] = set()
    expected: set[tuple[str, str]] = set()
    for example in EXAMPLES:
        for ruled in rules_on(example.rules, example.day).criteria:
            code = ruled.criterion.code
            expected.update((code, name) for name in vars(ruled.outcomes))
            if code in example.points and (outcome := _found(ruled, example).outcome):
                reached.add((code, outcome.name))
    assert reached == expected


def numbers() -> list[tuple[str, str, str]]:
    """Every number of the criteria: code, limits or outcomes, name."""
    return [
        (ruled.criterion.code, part, name)
        for ruled in rules_on(None, ON).criteria
        for part in ("limits", "outcomes")
        for name, value in vars(getattr(ruled, part)).items()
        if not isinstance(value, str)
        and name not in ONLY_ANSWERS
        and (ruled.criterion.code, name) != ("smallholding", "nothing_tiyn")
    ]


@pytest.mark.parametrize(("code", "part", "name"), numbers())
@pytest.mark.parametrize("sign", [-1, 1])
def test_no_number_can_shift_by_the_smallest_step_without_an_example_noticing(
    code: str, part: str, name: str, sign: int
) -> None:
    assert any(
        _result(_shifted(ruled, part, name, sign), example) != _result(ruled, example)
        for example in EXAMPLES
        if code in example.points
        for ruled in rules_on(example.rules, example.day).criteria
        if ruled.criterion.code == code
    )


def _shifted(ruled: Ruled, part: str, name: str, sign: int) -> Ruled:
    """The criterion with one number moved: points by one, a share by one tiyn, anything else by one."""
    numbers = vars(getattr(ruled, part)).copy()
    moved: Any = numbers[name]
    if isinstance(moved, Outcome):
        numbers[name] = Outcome(name, moved.points + sign)
    elif name.startswith("share"):
        numbers[name] = moved + Fraction(sign, ruled.limits.minimum_tiyn)
    else:
        numbers[name] = moved + sign
    changed = SimpleNamespace(**numbers)
    return replace(ruled, limits=changed) if part == "limits" else replace(ruled, outcomes=changed)


def _result(ruled: Ruled, example: Example) -> tuple[int, int, str | None]:
    finding = _found(ruled, example)
    return finding.low, finding.high, finding.outcome and finding.outcome.name


def _found(ruled: Ruled, example: Example) -> Any:
    request = example.request()
    return find(ruled, request.household, [member(person, example.day) for person in request.persons])
