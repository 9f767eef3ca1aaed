"""What must hold for every family: bounds are exact, ranges contain every completion, more is never counted as less."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from demeu.contracts.scoring import Assessment, AssessRequest, HouseholdFacts, PersonFacts
from demeu.scoring.assess import assess
from demeu.scoring.plain import KNOWN_MAX, Finding, find, findings, member, plans
from demeu.scoring.rule_sets import Ruled, rules_on
from demeu.scoring.tests.families import family
from demeu.scoring.tests.strategies import HOUSEHOLD_DOMAINS, ON, PERSON_DOMAINS, households, people

CODES = [ruled.criterion.code for ruled in rules_on(None, ON).criteria]
COMPLETIONS_MAX = 4000
RULES = st.sampled_from(["kz-2026-and", "kz-2026-or"])
GROWING_HOUSEHOLD = (
    "housing_units",
    "commercial_property_units",
    "land_plots",
    "smallholding_value_tiyn",
    "passenger_cars",
    "commercial_vehicles",
    "machinery_kinds",
)
GROWING_PERSON = ("income_monthly_tiyn", "working", "able_bodied", "insured", "clinic_attached", "founder")
SHRINKING_PERSON = ("disability_childhood", "chronic", "dispensary", "overdue_days", "overdue_tiyn")


def assessed(household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str | None = None) -> Assessment:
    return assess(AssessRequest(household=household, persons=persons, rules=rules), on=ON)


def brute_force(ruled: Ruled, household: HouseholdFacts, persons: tuple[PersonFacts, ...]) -> tuple[int, int]:
    """Lowest and highest points over the full product of all answers to what this criterion reads."""
    places: list[tuple[int | None, str]] = []
    for fact in ruled.criterion.asked:
        if fact in HOUSEHOLD_DOMAINS:
            places += [(None, fact)] if getattr(household, fact) is None else []
        else:
            places += [(index, fact) for index, one in enumerate(persons) if getattr(one, fact) is None]
    domains = [HOUSEHOLD_DOMAINS[fact] if index is None else PERSON_DOMAINS[fact] for index, fact in places]
    size = 1
    for domain in domains:
        size *= len(domain)
    assume(size <= COMPLETIONS_MAX)
    reached = []
    for combination in product(*domains):
        home, members = household.__dict__.copy(), [one.__dict__.copy() for one in persons]
        for (index, fact), answer in zip(places, combination, strict=True):
            (home if index is None else members[index])[fact] = answer
        completed = [member(PersonFacts.model_construct(**one), ON) for one in members]
        finding = find(ruled, HouseholdFacts.model_construct(**home), completed)
        assert finding.low == finding.high
        reached.append(finding.points)
    return min(reached), max(reached)


@pytest.mark.parametrize("place", range(len(CODES) + 1), ids=[*CODES, "category_six"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(household=households(), persons=people(), rules=RULES)
def test_bounds_are_those_of_trying_every_answer(
    place: int, household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str
) -> None:
    in_force = rules_on(rules, ON)
    ruled = (*in_force.criteria, in_force.category_six)[place]
    finding = find(ruled, household, [member(one, ON) for one in persons])
    assert (finding.low, finding.high) == brute_force(ruled, household, persons)


@settings(max_examples=150, deadline=None)
@given(household=households(), persons=people(), rules=RULES)
def test_the_quick_way_through_all_criteria_finds_what_each_alone_finds(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str
) -> None:
    in_force = rules_on(rules, ON)
    members = [member(one, ON) for one in persons]
    alone = [find(ruled, household, members) for ruled in (*in_force.criteria, in_force.category_six)]
    together = findings(in_force, household, members)
    assert [_said(one) for one in together] == [_said(one) for one in alone]


def _said(finding: Finding) -> tuple[Any, ...]:
    return finding.ruled, finding.low, finding.high, finding.outcome, finding.shown, finding.members


def test_what_is_remembered_is_bounded_and_holds_no_sum_area_or_reference() -> None:
    in_force = rules_on(None, ON)
    for machines in range(KNOWN_MAX + 50):
        asked = family({"household_id": "canary", "machinery_kinds": machines}, [{"income_monthly_tiyn": machines}])
        findings(in_force, asked.household, [member(one, ON) for one in asked.persons])
    remembered = {plan.ruled.criterion.code: plan.known for plan in plans(in_force)}
    amounts = {"income_per_capita", "housing", "smallholding", "category_six"}
    assert {code for code, known in remembered.items() if known is None} == amounts
    assert max(len(known) for known in remembered.values() if known is not None) == KNOWN_MAX
    assert "canary" not in str([list(known) for known in remembered.values() if known is not None])


@settings(max_examples=150, deadline=None)
@given(household=households(), persons=people(), rules=RULES, chosen=st.data())
def test_the_range_contains_every_completion(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str, chosen: st.DataObject
) -> None:
    found = assessed(household, persons, rules)

    def complete(row: Any, domains: dict[str, tuple[Any, ...]]) -> Any:
        nulls = [fact for fact in domains if getattr(row, fact) is None]
        return row.model_copy(update={fact: chosen.draw(st.sampled_from(domains[fact])) for fact in nulls})

    full = assessed(
        complete(household, HOUSEHOLD_DOMAINS), tuple(complete(one, PERSON_DOMAINS) for one in persons), rules
    )
    assert full.complete
    assert full.unknown == ()
    assert found.range_low <= full.total <= found.range_high
    assert found.category_six.fired <= full.category_six.fired <= found.category_six.possible
    if not full.category_six.fired:
        assert found.category_low <= full.category <= found.category_high
    for before, after in zip(found.indicators, full.indicators, strict=True):
        assert before.low <= after.points <= before.high


@settings(max_examples=150, deadline=None)
@given(household=households(), persons=people(), rules=RULES)
def test_totals_stay_within_the_published_range(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: str
) -> None:
    found = assessed(household, persons, rules)
    assert -1670 <= found.range_low <= found.range_high <= 4600
    assert -1670 <= found.total <= 4600
    assert found.total == sum(one.points for one in found.indicators)
    assert found.unknown == tuple(one.code for one in found.indicators if one.low != one.high)
    assert found.complete == (not found.unknown) == (found.range_low == found.range_high)


@settings(max_examples=150, deadline=None)
@given(household=households(nulls=False), persons=people(nulls=False), chosen=st.data())
def test_having_more_never_lowers_the_total(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], chosen: st.DataObject
) -> None:
    before = assessed(household, persons).total
    fact = chosen.draw(st.sampled_from(GROWING_HOUSEHOLD))
    more = chosen.draw(st.sampled_from([one for one in HOUSEHOLD_DOMAINS[fact] if one >= getattr(household, fact)]))
    assert assessed(household.model_copy(update={fact: more}), persons).total >= before


@settings(max_examples=200, deadline=None)
@given(household=households(nulls=False), persons=people(nulls=False), chosen=st.data())
def test_each_member_moves_the_total_the_way_the_rule_says(
    household: HouseholdFacts, persons: tuple[PersonFacts, ...], chosen: st.DataObject
) -> None:
    before = assessed(household, persons).total
    fact = chosen.draw(st.sampled_from([*GROWING_PERSON, *SHRINKING_PERSON]))
    more = chosen.draw(st.sampled_from([one for one in PERSON_DOMAINS[fact] if one >= getattr(persons[0], fact)]))
    after = assessed(household, (persons[0].model_copy(update={fact: more}), *persons[1:])).total
    assert after >= before if fact in GROWING_PERSON else after <= before
