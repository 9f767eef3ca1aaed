"""What would change the category: each told change is real, is the nearest, and none is left out."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from demeu.cli.score import app
from demeu.contracts.scoring import AssessRequest, FactChange, HouseholdFacts, Move, PersonFacts
from demeu.kernel.errors import Refusal
from demeu.scoring.assess import assess
from demeu.scoring.change_words import changes_of
from demeu.scoring.changes import ADULTS_ONLY, MINORS_ONLY
from demeu.scoring.tests.families import family
from demeu.scoring.tests.strategies import (
    AGES_YEARS,
    HOUSEHOLD_DOMAINS,
    MINIMUM_TIYN,
    ON,
    PERSON_DOMAINS,
    households,
    people,
)

RULES = st.sampled_from(["kz-2026-and", "kz-2026-or"])
UNORDERED = {"settlement_class"}
SHARES = (1, 4, 8, 12, 16)
ADULT_YEARS = 18


def category(request: AssessRequest, person_id: str | None, fact: str, answer: Any) -> tuple[int, int]:
    """Category and total by the whole calculation, with one answer put in place of another."""
    if person_id is None:
        changed = request.model_copy(update={"household": request.household.model_copy(update={fact: answer})})
    else:
        persons = tuple(
            one.model_copy(update={fact: answer}) if one.person_id == person_id else one for one in request.persons
        )
        changed = request.model_copy(update={"persons": persons})
    found = assess(changed, on=ON)
    return found.category, found.total


def row_of(request: AssessRequest, person_id: str | None) -> HouseholdFacts | PersonFacts:
    """The row that a change is about."""
    return next((one for one in request.persons if one.person_id == person_id), request.household)


def grid(request: AssessRequest, change: FactChange) -> Iterator[Any]:
    """Answers to try: the whole domain, every band of the income, every day around each birthday of an age."""
    domains = HOUSEHOLD_DOMAINS if change.person_id is None else PERSON_DOMAINS
    if change.fact == "birth_date":
        for years in range(30):
            yield from (date(ON.year - years, ON.month, ON.day) + timedelta(days=days) for days in (-1, 0))
        return
    yield from domains[change.fact]
    if change.fact == "housing_area_m2":
        heads = len(request.persons)
        yield from (18 * heads + hundredths / 100 for hundredths in range(-3, 4))
    if change.fact == "income_monthly_tiyn":
        others = sum(one.income_monthly_tiyn or 0 for one in request.persons if one.person_id != change.person_id)
        bands = (share * MINIMUM_TIYN * len(request.persons) // 4 - others for share in SHARES)
        yield from (band + off for band in bands for off in (-1, 0, 1, 2) if band + off >= 0)
    for move in change.moves:
        if type(move.value) is int:
            yield from (near for near in (move.value - 1, move.value + 1) if near >= 0)


def distance(now: Any, answer: Any) -> Any:
    """How far an answer is from the one given; unanswered counts from nothing."""
    if isinstance(answer, date):
        return abs((answer - now).days)
    return abs(answer - (now or 0))


def value_of(change: FactChange, move: Move) -> Any:
    return date.fromisoformat(str(move.value)) if change.fact == "birth_date" else move.value


def check(request: AssessRequest, change: FactChange, before: int, total: int) -> None:
    """The change against brute force."""
    now = getattr(row_of(request, change.person_id), change.fact)
    sides = {move.support: move for move in change.moves}
    assert len(sides) == len(change.moves)
    for move in change.moves:
        assert category(request, change.person_id, change.fact, value_of(change, move)) == (move.category, move.total)
        assert move.category != before
    for answer in grid(request, change):
        after, points = category(request, change.person_id, change.fact, answer)
        if answer == now or after == before:
            continue
        told = sides.get("more" if after < before else "less")
        assert told is not None, (change, answer, before, after)
        if type(answer) is bool or change.fact in UNORDERED:
            assert abs(told.total - total) <= abs(points - total)
        else:
            assert distance(now, value_of(change, told)) <= distance(now, answer), (change, answer, before, after)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(household=households(), persons=people(), rules=RULES)
def test_what_is_told_is_what_trying_every_answer_finds(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str
) -> None:
    request = AssessRequest(household=household, persons=persons, rules=rules)
    found = changes_of(request, on=ON)
    assessed = assess(request, on=ON)
    assert (found.category, found.total, found.complete) == (assessed.category, assessed.total, assessed.complete)
    for change in found.changes:
        check(request, change, found.category, found.total)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(household=households(), persons=people())
def test_every_fact_that_can_apply_is_told_of(household: HouseholdFacts, persons: tuple[PersonFacts, ...]) -> None:
    found = changes_of(AssessRequest(household=household, persons=persons), on=ON)
    told = {(change.person_id, change.fact) for change in found.changes}
    expected: set[tuple[str | None, str]] = {(None, fact) for fact in HOUSEHOLD_DOMAINS}
    for one in persons:
        adult = (ON.year - one.birth_date.year) >= ADULT_YEARS
        cannot = MINORS_ONLY if adult else ADULTS_ONLY
        applying = {f for f in PERSON_DOMAINS if f not in cannot or getattr(one, f) not in (False, 0)}
        expected |= {(one.person_id, fact) for fact in {*applying, "birth_date"}}
    assert told == expected


def _change(found: Any, fact: str) -> FactChange:
    return next(one for one in found.changes if one.fact == fact)


def test_the_nearest_tiyn_of_an_income_is_named_on_both_sides() -> None:
    request = family(
        {"passenger_cars": 1, "housing_area_m2": 10.0, "settlement_class": "rural_settlement"},
        [{"income_monthly_tenge": 60_000, "able_bodied": True, "working": False, "insured": False}],
    )
    found = changes_of(request, on=ON)
    income = _change(found, "income_monthly_tiyn")
    assert (found.total, found.category) == (0, 3)
    (less,) = income.moves
    assert (less.support, less.category, less.total) == ("more", 2, -70)
    assert (less.value, less.bound) == (MINIMUM_TIYN - 1, "at_most")


def test_facts_that_can_move_the_category_come_first_the_nearest_in_points_first() -> None:
    found = changes_of(family({"passenger_cars": 2, "land_plots": 1}, [{}]), on=ON)
    movable = [bool(change.moves) for change in found.changes]
    assert movable == sorted(movable, reverse=True)
    nearest = [min(abs(m.total - found.total) for m in change.moves) for change in found.changes if change.moves]
    assert nearest == sorted(nearest)


def test_a_family_of_category_six_is_told_which_single_sign_lifts_it_out() -> None:
    rich = {"housing_units": 2, "passenger_cars": 1}
    found = changes_of(family(rich, [{"founder": True, "income_monthly_tenge": 210_000}]), on=ON)
    assert found.category == 6
    lifting = {change.fact for change in found.changes if change.moves}
    assert {"housing_units", "passenger_cars", "founder", "income_monthly_tiyn"} <= lifting
    income = _change(found, "income_monthly_tiyn")
    assert [move.value for move in income.moves] == [4 * MINIMUM_TIYN]
    assert income.moves[0].bound == "at_most"


@pytest.mark.parametrize(("lang", "said"), [("kk", "иә"), ("ru", "да"), ("en", "yes")])
def test_answers_are_told_in_the_readers_language(lang: str, said: str) -> None:
    request = family({"housing_units": 2}, [{}]).model_copy(update={"lang": lang})
    found = changes_of(request, on=ON)
    assert {change.now for change in found.changes if change.fact == "insured"} == {said}
    assert all(change.title for change in found.changes)


def test_a_household_that_is_rejected_is_refused_with_its_faults() -> None:
    with pytest.raises(Refusal, match=r"score\.rejected"):
        changes_of(family({"passenger_cars": -1}, [{}]), on=ON)


def test_the_ages_of_these_families_stand_on_both_sides_of_the_rules() -> None:
    assert {2, 3, 5, 6, 17, 18, 22, 23} <= set(AGES_YEARS)


def test_the_command_tells_the_same(tmp_path: Path) -> None:
    request = family({"passenger_cars": 2}, [{}])
    (tmp_path / "family.json").write_text(request.model_dump_json())
    printed = CliRunner().invoke(app, ["changes", str(tmp_path / "family.json"), "--on", str(ON), "--json"])
    assert printed.exit_code == 0, printed.output
    assert json.loads(printed.stdout) == json.loads(changes_of(request, on=ON).model_dump_json())
    spoken = CliRunner().invoke(app, ["changes", str(tmp_path / "family.json"), "--on", str(ON), "--lang", "en"])
    assert spoken.stdout.startswith("Category 3; total points 100")


def test_the_command_names_what_it_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "family.json").write_text('{"household": {}')
    refused = CliRunner().invoke(app, ["changes", str(tmp_path / "family.json")])
    assert refused.exit_code == 2
