"""Contested facts, and old answers of registries that are silent now."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.vault.consents import actions as consents
from demeu.vault.documents.actions import keep_text
from demeu.vault.households import contests, queries
from demeu.vault.households.assessing import assess_household, shown_assessment
from demeu.vault.households.showing import shown_facts
from demeu.vault.households.tests.cast import SUBJECT, applicant, gather, granted, nameless
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
CURATOR = "person:0a000000-0000-4000-8000-000000000001"


def _paper(person: UUID) -> UUID:
    kept = keep_text(
        subject=SUBJECT, kind="application.evidence", person=person, text="справка", actor="person:x", sealed=False
    )
    return kept.document


def _contest(household: UUID, person: UUID, **other: Any) -> UUID:
    contest = new_id()
    asked = {"contest": contest, "household": household, "code": "passenger_cars", "member": "household"}
    asked |= {"evidence": (), "actor": f"person:{person}"}
    contests.contest_fact(**asked | other)
    return contest


def _family(outside: World, kind: str = "large_family") -> tuple[UUID, UUID, UUID]:
    person = applicant(outside.family(kind))
    consent = granted(person, (Registry.GBD_FL, Registry.CKS))
    return person, consent, queries.gathering_card(gather(person, consent)).household


def test_a_contested_fact_is_marked_until_a_human_decides_and_then_counts_as_decided(outside: World) -> None:
    person, consent, household = _family(outside)
    paper = _paper(person)
    contest = _contest(household, person, evidence=(paper,))
    assert contests.contest_card(contest).evidence == (paper,)
    row, released = queries.released_gathering(household, consent, Purpose.CASE_REVIEW)
    marked = {fact.code for fact in shown_facts(row, released, Purpose.CASE_REVIEW).facts if fact.contested}
    assert marked == {"passenger_cars"}
    before = assess_household(household=household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}")
    assert before.contested == ("passenger_cars",)
    contests.settle_contest(contest=contest, upheld=True, value="0", actor=CURATOR)
    told = Announcement.objects.get(name="facts.corrected").facts
    assert (told["contest"], told["upheld"]) == (str(contest), True)
    facts = shown_facts(row, released, Purpose.CASE_REVIEW).facts
    cars = {(fact.value, fact.source): fact for fact in facts if fact.code == "passenger_cars"}
    assert set(cars) == {("1", Registry.CKS), ("0", Registry.INSTITUTION)}
    assert all(fact.contradicts and not fact.contested for fact in cars.values())
    assert queries.picture_of(row, released).values["passenger_cars"] == "0"
    after = shown_assessment(assessment=before.assessment, lang="ru", actor=f"person:{person}", use=Purpose.OWN_DATA)
    assert after.contested == ()
    assert broken_invariants() == []


def test_an_upheld_contest_may_leave_a_fact_unknown_and_a_dismissed_one_changes_nothing(outside: World) -> None:
    person, consent, household = _family(outside)
    row, released = queries.released_gathering(household, consent, Purpose.CASE_REVIEW)
    contests.settle_contest(contest=_contest(household, person), upheld=False, value=None, actor=CURATOR)
    assert queries.picture_of(row, released).values["passenger_cars"] == "1"
    contests.settle_contest(contest=_contest(household, person), upheld=True, value=None, actor=CURATOR)
    assert "passenger_cars" not in queries.picture_of(row, released).values


def test_a_double_click_makes_one_contest_and_more_evidence_is_added_to_it(outside: World) -> None:
    person, _consent, household = _family(outside)
    first = _contest(household, person)
    paper = _paper(person)
    _contest(household, person, evidence=(paper,))
    cards = contests.contests_of(household).contests
    assert [(card.contest, card.evidence) for card in cards] == [(first, (paper,))]


def test_nobody_contests_or_decides_where_they_may_not(outside: World) -> None:
    person, _consent, household = _family(outside)
    with pytest.raises(Refusal, match=r"contest\.foreign"):
        _contest(household, person, actor=CURATOR)
    with pytest.raises(Refusal, match=r"contest\.foreign_evidence"):
        _contest(household, person, evidence=(_paper(nameless()),))
    contest = _contest(household, person)
    for actor in (f"person:{person}", "role:portal"):
        with pytest.raises(Refusal, match=r"contest\.same_person"):
            contests.settle_contest(contest=contest, upheld=True, value="0", actor=actor)
    with pytest.raises(Refusal, match=r"contest\.unusable_value"):
        contests.settle_contest(contest=contest, upheld=True, value="none at all", actor=CURATOR)
    contests.settle_contest(contest=contest, upheld=True, value="0", actor=CURATOR)
    with pytest.raises(Refusal, match=r"contest\.decided"):
        contests.settle_contest(contest=contest, upheld=False, value=None, actor=CURATOR)


@given(st.text(max_size=80))
def test_no_sentence_and_no_line_break_becomes_a_value(text: str) -> None:
    for code in ("passenger_cars", "working", "birth_date", "housing_area_m2", "tenure", "income_monthly_tiyn"):
        assert not contests.usable_value(code, f"{text} x")
        assert not contests.usable_value(code, f"{text}\n")


def test_what_a_silent_registry_said_before_is_shown_as_old_and_counted_nowhere(outside: World) -> None:
    person = applicant(outside.family())
    first = granted(person, (Registry.CKS, Registry.MINFIN))
    household = queries.gathering_card(gather(person, first)).household
    outside.fault("DEMEU_MINFIN_INCOME", "scse001")
    second = granted(person, (Registry.CKS, Registry.MINFIN))
    gather(person, second)
    row, released = queries.released_gathering(household, second, Purpose.OWN_DATA)
    income = [fact for fact in shown_facts(row, released, Purpose.OWN_DATA).facts if fact.source is Registry.MINFIN]
    assert income and all(fact.stale for fact in income)
    assert queries.shown_needs(row, released).income_per_member_tiyn is None
    assessed = assess_household(household=household, consent=second, use=Purpose.ASSESSMENT, actor=CURATOR)
    assert "income_per_capita" in assessed.verdict.unknown
    consents.withdraw_consent(consent=first, person=person, actor=f"person:{person}")
    left = shown_facts(row, released, Purpose.OWN_DATA).facts
    assert not [fact for fact in left if fact.source is Registry.MINFIN]


def test_a_fact_past_its_time_is_shown_as_old(outside: World) -> None:
    _person, consent, household = _family(outside)
    row, released = queries.released_gathering(household, consent, Purpose.OWN_DATA)
    at = clock.now().replace(year=clock.now().year + 1)
    assert not any(fact.stale for fact in shown_facts(row, released, Purpose.OWN_DATA).facts)
    with clock.frozen(at):
        old = {fact.source for fact in _shown_later(row, released)}
    assert old == {Registry.GBD_FL, Registry.CKS}


def _shown_later(row: Any, released: frozenset[Registry]) -> list[Any]:
    return [fact for fact in shown_facts(row, released, Purpose.OWN_DATA).facts if fact.stale]


def test_a_contest_is_no_secret_value_in_the_record(outside: World) -> None:
    person, _consent, household = _family(outside)
    contests.settle_contest(contest=_contest(household, person), upheld=True, value="7", actor=CURATOR)
    told = Announcement.objects.get(name="facts.corrected").facts
    assert "7" not in json.dumps({key: value for key, value in told.items() if key == "value"})
    assert set(told) == {"household", "consent", "contest", "upheld"}
