"""A suspected account loses its roles by one command."""

import pytest
from django.core.management import CommandError, call_command

from demeu.contracts.words import Role
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of

pytestmark = pytest.mark.django_db


def test_all_roles_or_one_are_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    person = new_id()
    for role in (Role.CURATOR, Role.VOLUNTEER, Role.FUND_STAFF):
        give_role(person=person, role=role, by="role:portal", regions=["75"])
    call_command("revoke", str(person), "volunteer")
    assert actor_of(person).is_(Role.CURATOR) and not actor_of(person).is_(Role.VOLUNTEER)
    call_command("revoke", str(person))
    assert actor_of(person).roles == {Role.APPLICANT, Role.DONOR}
    assert "curator taken back" in capsys.readouterr().out
    for role in ("curator", "wizard"):
        with pytest.raises(CommandError):
            call_command("revoke", str(person), role)
