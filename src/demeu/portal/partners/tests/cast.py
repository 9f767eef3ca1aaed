"""A partner's administrator, a key of the team, and a program that asks with it."""

from typing import Any

from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.companies.rules import company_of
from demeu.portal.giving.tests.cast import signed_in
from demeu.portal.partners.actions import make_key
from demeu.portal.partners.models import ApiKey

NAME = "АО «Серіктес Банк»"
ALL = ("gifts:read", "gifts:write", "webhooks")


def administrator(client: Client, role: Role = Role.COMPANY_ADMIN, name: str = NAME) -> Client:
    """A signed-in person who was invited to an organisation in a role."""
    person = new_id()
    give_role(person=person, role=role, by="role:operator", organization=name)
    return signed_in(client, person)


def team_key(kind: str = "test", scopes: tuple[str, ...] = ALL, name: str = NAME) -> tuple[ApiKey, str]:
    """A key and its word."""
    person = new_id()
    give_role(person=person, role=Role.COMPANY_ADMIN, by="role:operator", organization=name)
    opened = [scope for scope in scopes if kind != "team" or scope != "gifts:write"]
    return make_key(
        team=company_of(name), organization=name, kind=kind, scopes=opened, label="Касса", actor=actor_of(person)
    )


def bearer(word: str) -> dict[str, Any]:
    """What a request with this key carries."""
    return {"authorization": f"Bearer {word}"}
