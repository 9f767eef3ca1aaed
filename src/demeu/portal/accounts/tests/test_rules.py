"""Roles that exclude each other, and regions."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.rules import GUEST, Actor, exclusion, need_role, without_office


def test_a_preparer_cannot_become_an_approver() -> None:
    refusal = exclusion([Role.FINANCE_PREPARER], Role.FINANCE_APPROVER)
    assert refusal is not None and refusal.code == "role.preparer_and_approver"


def test_who_leads_cases_or_is_paid_does_not_pay() -> None:
    for role in (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER):
        for other, code in ((Role.CURATOR, "role.curator_and_finance"), (Role.SUPPLIER, "role.supplier_and_payer")):
            refusal = exclusion([role], other)
            assert refusal is not None and refusal.code == code


def test_an_auditor_writes_nothing() -> None:
    for role in (Role.CURATOR, Role.FINANCE_PREPARER, Role.NGO_ADMIN, Role.OPERATOR):
        assert exclusion([Role.AUDITOR], role) is not None


def test_an_auditor_may_give_and_ask_for_help() -> None:
    assert exclusion([Role.AUDITOR], Role.DONOR) is None
    assert exclusion([Role.AUDITOR], Role.APPLICANT) is None


def test_an_operator_decides_nothing() -> None:
    assert exclusion([Role.OPERATOR], Role.CURATOR) is not None


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from(list(Role)))
def test_the_order_of_giving_does_not_matter(held: set[Role], wanted: Role) -> None:
    for last in held:
        others = (held | {wanted}) - {last}
        assert (exclusion(held, wanted) is None) == (exclusion(others, last) is None)


def test_a_curator_sees_only_the_regions_given() -> None:
    curator = Actor(roles=frozenset({Role.CURATOR}), regions={Role.CURATOR: frozenset({"35"})})
    assert curator.sees_region(Role.CURATOR, "351010000")
    assert not curator.sees_region(Role.CURATOR, "791010000")


def test_a_curator_without_a_region_sees_none() -> None:
    assert not Actor(roles=frozenset({Role.CURATOR})).sees_region(Role.CURATOR, "351010000")


def test_a_guest_is_asked_to_sign_in() -> None:
    with pytest.raises(Refusal) as refused:
        need_role(GUEST, Role.CURATOR)
    assert refused.value.code == "account.sign_in_first"


def test_a_desk_that_waits_for_a_passkey_says_so() -> None:
    curator = Actor(uuid4(), frozenset({Role.CURATOR, Role.DONOR}))
    for waits, code in ((True, "account.passkey_first"), (False, "account.key_not_known_good")):
        with pytest.raises(Refusal) as caught:
            need_role(without_office(curator, passkey_waits=waits), Role.CURATOR)
        assert caught.value.code == code
    need_role(without_office(curator, passkey_waits=True), Role.DONOR)
