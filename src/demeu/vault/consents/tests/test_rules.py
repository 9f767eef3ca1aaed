"""States, terms and release."""

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.words import Purpose, Registry
from demeu.vault.consents import rules
from demeu.vault.consents.rules import ConsentState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_only_the_five_moves_of_the_contract_are_possible() -> None:
    moves = {(a.value, b.value) for a, b in product(ConsentState, repeat=2) if rules.may_move(a, b)}
    assert moves == {
        ("asked", "granted"), ("asked", "refused"), ("asked", "expired"),
        ("granted", "withdrawn"), ("granted", "expired"),
    }  # fmt: skip


@given(st.sets(st.sampled_from(Registry)), st.sampled_from(Purpose), st.sampled_from(Purpose))
def test_nothing_unnamed_is_released(named: set[Registry], consented: Purpose, use: Purpose) -> None:
    assert rules.released(rules.FOUNDING, consented, named, use) <= named


def test_a_use_that_the_policy_does_not_know_sees_nothing() -> None:
    assert rules.released(rules.FOUNDING, Purpose.ASSESSMENT, Registry, Purpose.DONATION) == frozenset()
    assert rules.released(rules.FOUNDING, Purpose.DONATION, Registry, Purpose.ASSESSMENT) == frozenset()


def test_a_visitor_at_the_door_sees_no_money() -> None:
    seen = rules.released(rules.FOUNDING, Purpose.ASSESSMENT, Registry, Purpose.HOME_VISIT)
    assert seen == {Registry.GBD_FL, Registry.CKS, Registry.IPR}


def test_the_term_counts_to_the_moment() -> None:
    assert rules.in_force(ConsentState.GRANTED, NOON, NOON - timedelta(microseconds=1))
    assert not rules.in_force(ConsentState.GRANTED, NOON, NOON)
    assert not rules.in_force(ConsentState.ASKED, NOON, NOON - timedelta(days=1))
    assert not rules.in_force(ConsentState.GRANTED, None, NOON)
