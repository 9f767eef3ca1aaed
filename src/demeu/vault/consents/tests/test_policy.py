"""The policy of uses: what is not in it is a no, and two people are needed for a yes that was not there before."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.consents import policy, rules
from demeu.vault.consents.models import PolicyProposal, PolicyVersion

ANNA, BORIS = "person:anna", "person:boris"
WHY = "Donations need the address of the family"
NEW_CELL = (Purpose.DONATION, Purpose.DONATION, Registry.CKS)
CELLS = st.tuples(st.sampled_from(Purpose), st.sampled_from(Purpose), st.sampled_from(Registry))


@given(st.frozensets(CELLS, max_size=20))
def test_a_policy_is_read_as_it_was_written(cells: rules.Policy) -> None:
    assert rules.policy_of(rules.written(cells)) == cells


@given(st.frozensets(CELLS, max_size=20), st.frozensets(CELLS, max_size=20))
def test_only_what_adds_a_cell_widens(one: rules.Policy, other: rules.Policy) -> None:
    assert bool(rules.widens(one, other)) == (not other <= one)


def test_words_that_this_release_does_not_know_allow_nothing() -> None:
    assert rules.policy_of(["assessment>spying>cks", "assessment>assessment", "a>b>c>d"]) == frozenset()


@pytest.mark.django_db
def test_a_new_database_starts_with_the_policy_of_the_release() -> None:
    assert policy.current_version() == 1
    assert policy.current_policy() == rules.FOUNDING
    assert PolicyVersion.objects.get().proposed_by == "role:release"


@pytest.mark.django_db
def test_one_person_may_narrow_at_once() -> None:
    narrower = frozenset(cell for cell in rules.FOUNDING if cell[2] is not Registry.GKB)
    assert policy.propose_policy(proposal=uuid4(), cells=narrower, reason="Credit is not needed", actor=ANNA)
    assert policy.current_policy() == narrower
    assert rules.released(policy.current_policy(), Purpose.ASSESSMENT, [Registry.GKB], Purpose.ASSESSMENT) == set()


def _proposed() -> UUID:
    proposal = uuid4()
    assert not policy.propose_policy(proposal=proposal, cells=rules.FOUNDING | {NEW_CELL}, reason=WHY, actor=ANNA)
    return proposal


@pytest.mark.django_db
def test_widening_waits_for_another_person() -> None:
    proposal = _proposed()
    assert policy.current_policy() == rules.FOUNDING
    with pytest.raises(Refusal, match=r"policy\.same_person"):
        policy.approve_policy(proposal=proposal, actor=ANNA)
    assert policy.approve_policy(proposal=proposal, actor=BORIS) == 2
    assert NEW_CELL in policy.current_policy()
    with pytest.raises(Refusal, match=r"policy\.already_decided"):
        policy.approve_policy(proposal=proposal, actor=BORIS)


@pytest.mark.django_db
def test_a_proposal_that_another_version_overtook_is_not_approved_unseen() -> None:
    proposal = _proposed()
    with clock.frozen(clock.now()):
        policy.propose_policy(proposal=uuid4(), cells=frozenset(), reason="Stop everything now", actor=BORIS)
    with pytest.raises(Refusal, match=r"policy\.overtaken"):
        policy.approve_policy(proposal=proposal, actor=BORIS)
    assert policy.current_policy() == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("approved_by", ["", ANNA, BORIS])
def test_the_database_itself_refuses_a_wider_version_that_two_did_not_make(approved_by: str) -> None:
    cells = rules.written(rules.FOUNDING | {NEW_CELL})
    with pytest.raises(DatabaseError, match="fewer than two people"), transaction.atomic():
        PolicyVersion.objects.create(
            number=2, cells=cells, proposed_by=ANNA, approved_by=approved_by, at=clock.now(), proposal=uuid4()
        )


@pytest.mark.django_db
def test_the_database_compares_a_version_with_what_was_proposed() -> None:
    proposal = _proposed()
    more = rules.written(rules.FOUNDING | {NEW_CELL, (Purpose.DONATION, Purpose.DONATION, Registry.GKB)})
    with pytest.raises(DatabaseError, match="fewer than two people"), transaction.atomic():
        PolicyVersion.objects.create(
            number=2, cells=more, proposal=proposal, proposed_by=ANNA, approved_by=BORIS, at=clock.now()
        )


@pytest.mark.django_db
def test_versions_follow_each_other_and_are_never_changed() -> None:
    for change in (
        lambda: PolicyVersion.objects.create(number=7, cells=[], proposed_by=ANNA, at=clock.now()),
        lambda: PolicyVersion.objects.update(cells=[]),
        lambda: PolicyVersion.objects.all().delete(),
        lambda: PolicyProposal.objects.all().delete() if _proposed() else None,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_a_reason_is_needed_and_a_change() -> None:
    with pytest.raises(Refusal, match=r"policy\.no_reason"):
        policy.propose_policy(proposal=uuid4(), cells=frozenset(), reason="no", actor=ANNA)
    with pytest.raises(Refusal, match=r"policy\.nothing_changed"):
        policy.propose_policy(proposal=uuid4(), cells=rules.FOUNDING, reason="Nothing at all", actor=ANNA)
