"""Giving roles and using invitations, on the real database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Audit
from demeu.portal.accounts.actions import accept_invitation, give_role, invite, revoke_role
from demeu.portal.accounts.models import RoleGrant
from demeu.portal.accounts.queries import actor_of, people_with

pytestmark = pytest.mark.django_db


def test_an_invitation_gives_its_role_once() -> None:
    word, first, second = invite(role=Role.CURATOR, by="operator:console", regions=["35"]), new_id(), new_id()
    assert accept_invitation(word=word, person=first) == Role.CURATOR
    assert actor_of(first).is_(Role.CURATOR)
    with pytest.raises(Refusal) as refused:
        accept_invitation(word=word, person=second)
    assert refused.value.code == "invitation.over"
    assert not actor_of(second).is_(Role.CURATOR)


def test_an_invitation_expires() -> None:
    word = invite(role=Role.AUDITOR, by="operator:console")
    with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(Refusal) as refused:
        accept_invitation(word=word, person=new_id())
    assert refused.value.code == "invitation.over"


def test_a_wrong_word_is_unknown() -> None:
    with pytest.raises(Refusal) as refused:
        accept_invitation(word="guess", person=new_id())
    assert refused.value.code == "invitation.unknown"


def test_excluding_roles_are_refused_and_the_refusal_changes_nothing() -> None:
    person = new_id()
    give_role(person=person, role=Role.FINANCE_PREPARER, by="operator:console")
    with pytest.raises(Refusal):
        give_role(person=person, role=Role.FINANCE_APPROVER, by="operator:console")
    assert actor_of(person).roles == {Role.FINANCE_PREPARER, Role.APPLICANT, Role.DONOR}


def test_every_change_of_roles_is_audited() -> None:
    person = new_id()
    give_role(person=person, role=Role.VOLUNTEER, by="operator:console", regions=["79"])
    revoke_role(person=person, role=Role.VOLUNTEER, by="operator:console")
    actions = list(Audit.objects.filter(subject=f"person:{person}").order_by("id").values_list("action", flat=True))
    assert actions == ["role.give", "role.revoke"]
    assert people_with(Role.VOLUNTEER, "791010000") == []


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER),
        (Role.CURATOR, Role.FINANCE_APPROVER),
        (Role.FINANCE_PREPARER, Role.AUDITOR),
        (Role.SUPPLIER, Role.FINANCE_PREPARER),
    ],
)
def test_the_database_itself_keeps_roles_apart_whatever_code_gives_them(held: Role, wanted: Role) -> None:
    person = new_id()
    plain = {"person": person, "granted_at": clock.now(), "granted_by": "test"}
    first = RoleGrant.objects.create(role=held, **plain)
    with pytest.raises(IntegrityError, match="excludes one"), transaction.atomic():
        RoleGrant.objects.create(role=wanted, **plain)
    RoleGrant.objects.filter(pk=first.pk).update(revoked_at=clock.now())
    RoleGrant.objects.create(role=wanted, **plain)
    with pytest.raises(IntegrityError, match="excludes one"), transaction.atomic():
        RoleGrant.objects.filter(pk=first.pk).update(revoked_at=None)
