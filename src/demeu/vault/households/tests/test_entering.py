"""Families that no registry knows, entered by an institution; places that must stay a secret; areas of КАТО."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from demeu.contracts.vault import EnteredMember
from demeu.contracts.words import Purpose, Registry
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.vault.consents import actions as consents
from demeu.vault.documents.actions import keep_text
from demeu.vault.households import areas, entering, queries
from demeu.vault.households.assessing import assess_household
from demeu.vault.households.models import Household, ScoredHousehold
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


def _family(outside: World, kind: str = "large_family") -> tuple[UUID, UUID, UUID]:
    person = applicant(outside.family(kind))
    consent = granted(person, (Registry.GBD_FL, Registry.CKS))
    return person, consent, queries.gathering_card(gather(person, consent)).household


MEMBERS = (
    EnteredMember(relation="applicant", birth_date=date(1990, 5, 1), facts={"working": "false", "able_bodied": "true"}),
    EnteredMember(relation="child", birth_date=date(2019, 5, 1), facts={"school_enrolled": "true"}),
)
HOME = {"kato": "354430100", "settlement_class": "rural_okrug", "housing_units": "0", "hardship": "true"}


def _enter(person: UUID, consent: UUID, **other: Any) -> UUID:
    asked: dict[str, Any] = {
        "person": person, "subject": SUBJECT, "consent": consent, "basis": _paper(person), "protected": False,
        "facts": HOME, "members": MEMBERS, "actor": CURATOR,
    }  # fmt: skip
    return entering.enter_facts(**asked | other)


def test_a_family_without_numbers_is_entered_by_an_institution_and_assessed(outside: World) -> None:
    person = nameless()
    consent = granted(person, by="code:test")
    household = queries.gathering_card(_enter(person, consent)).household
    row, released = queries.released_gathering(household, consent, Purpose.CASE_REVIEW)
    facts = shown_facts(row, released, Purpose.CASE_REVIEW).facts
    assert {fact.source for fact in facts} == {Registry.INSTITUTION}
    assert [member.label for member in queries.picture_of(row, released).members] == ["applicant", "child 1"]
    assessed = assess_household(household=household, consent=consent, use=Purpose.ASSESSMENT, actor=CURATOR)
    assert not assessed.verdict.complete
    assert Announcement.objects.get(name="facts.gathered").facts["silent"] == []
    assert broken_invariants() == []


def test_a_protected_place_is_an_oblast_for_everybody_and_for_ever(outside: World) -> None:
    person, consent, household = _family(outside)
    whole = ScoredHousehold.objects.get(gathering__household=household).kato
    assert whole is not None and not whole.endswith("0000000")
    second = granted(person, by="code:test")
    _enter(person, second, protected=True)
    assert Household.objects.get(id=household).protected
    for one in (consent, second):
        row, released = queries.released_gathering(household, one, Purpose.HOME_VISIT)
        places = [f.value for f in shown_facts(row, released, Purpose.HOME_VISIT).facts if f.code == "kato"]
        assert places and all(place.endswith("0000000") for place in places)
        assert queries.shown_needs(row, released).district_kato.endswith("0000000")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"facts": {"kato": "3544"}}, "facts.unusable_entry"),
        ({"facts": {"name": "Айгүл"}}, "facts.unusable_entry"),
        ({"members": MEMBERS[::-1]}, "facts.unusable_entry"),
        ({"members": (EnteredMember(relation="applicant", birth_date=date(2090, 1, 1)),)}, "facts.unusable_entry"),
        ({"basis": new_id()}, "facts.no_basis"),
        ({"actor": "role:portal"}, "facts.own_entry"),
    ],
)
def test_what_cannot_be_entered_is_refused(other: dict[str, Any], code: str) -> None:
    person = nameless()
    consent = granted(person, by="code:test")
    with pytest.raises(Refusal) as refused:
        _enter(person, consent, **other)
    assert refused.value.code == code
    assert not Household.objects.exists()


def test_nobody_enters_facts_about_themselves_or_without_a_consent() -> None:
    person = nameless()
    consent = granted(person, by="code:test")
    with pytest.raises(Refusal, match=r"facts\.own_entry"):
        _enter(person, consent, actor=f"person:{person}")
    consents.withdraw_consent(consent=consent, person=person, actor=f"person:{person}")
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _enter(person, consent)


@pytest.mark.parametrize(
    ("area", "inside", "outside_of_it"),
    [
        ("350000000", "351010000", "391010000"),
        ("351000000", "351010000", "352310000"),
        ("354430000", "354430100", "354440100"),
        ("354430100", "354430100", "354430200"),
    ],
)
def test_an_area_covers_what_lies_in_it(area: str, inside: str, outside_of_it: str) -> None:
    assert areas.covers([area], inside)
    assert not areas.covers([area], outside_of_it)
    assert not areas.covers([area], "")
