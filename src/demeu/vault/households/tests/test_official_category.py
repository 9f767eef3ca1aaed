"""The ministry's category binds where it returns one; ours explains, stands in, and a difference is told."""

from uuid import UUID

import pytest

from demeu.contracts.vault import Assessed
from demeu.contracts.words import Purpose, Registry
from demeu.vault.households import queries
from demeu.vault.households.assessing import assess_household, shown_assessment
from demeu.vault.households.tests.cast import applicant, gather, granted
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db


def assessed(outside: World, official: int | None) -> tuple[Assessed, UUID]:
    """The verdict on a family of which the ministry says this."""
    more = {} if official is None else {"official_category": official}
    person = applicant(outside.family(**more))
    consent = granted(person)
    household = queries.gathering_card(gather(person, consent)).household
    return assess_household(
        household=household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}"
    ), person


def test_the_ministrys_category_binds_and_a_difference_is_told(outside: World) -> None:
    found, person = assessed(outside, official=4)
    assert found.verdict.category == 1
    assert found.official is not None
    assert (found.official.category, found.official.source) == (4, Registry.MTSZN)
    assert (found.category, found.differs, found.is_final) == (4, True, True)
    shown = shown_assessment(assessment=found.assessment, lang="kk", actor=f"person:{person}", use=Purpose.OWN_DATA)
    assert (shown.official, shown.category) == (found.official, 4)


def test_the_same_category_is_no_difference(outside: World) -> None:
    found, _ = assessed(outside, official=1)
    assert (found.category, found.differs) == (1, False)
    assert found.official is not None


def test_ours_stands_in_where_the_ministry_returns_none(outside: World) -> None:
    found, _ = assessed(outside, official=None)
    assert (found.official, found.category, found.differs) == (None, found.verdict.category, False)
