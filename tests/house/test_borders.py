"""What the topology says is what the contracts promise, the services serve and the tables guard."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.tree import ROOT, none_of

from demeu.kernel.operations import Event
from demeu.roles import topology
from demeu.roles.reference.borders import events_of, services
from demeu.roles.reference.settings import NOWHERE

INSIDE = Path(__file__).with_name("inside_role.py")


def asked_inside(role: str, code: str = "") -> list[str]:
    """Faults that a process of ``role`` finds in itself; ``code`` runs first, to plant one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    own = {"DJANGO_SETTINGS_MODULE": f"demeu.roles.settings.{role}", f"DEMEU_DATABASE_URL_{role.upper()}": NOWHERE}
    begin = (
        f"import runpy, sys; sys.argv = ['', {role!r}]\n{code}\nrunpy.run_path({str(INSIDE)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin], cwd=ROOT, env=kept | own, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines() if done.returncode == 0 else [done.stderr]


def orphaned_events(hears: dict[str, tuple[str, ...]], promised: dict[str, type[Event]]) -> list[str]:
    """Events that somebody hears and nobody can announce."""
    return [
        f"{name} is heard by {', '.join(hears[name])}, but no contract has it" for name in hears if name not in promised
    ]


@pytest.mark.parametrize("role", topology.ROLES)
def test_a_role_keeps_guards_and_serves_what_it_promises(role: str) -> None:
    assert none_of(asked_inside(role))


def test_every_event_that_is_heard_can_be_announced() -> None:
    promised = {name: event for service in services() for name, event in events_of(service).items()}
    assert none_of(orphaned_events(topology.HEARS, promised))


def test_an_operation_without_a_contract_is_noticed() -> None:
    planted = "from demeu.roles import topology; topology.MAY_ASK['scoring']['score.guess'] = ('portal',)"
    found = asked_inside("scoring", planted)
    assert "score.guess is listed, but no contract promises it" in found
    assert "score.guess is listed, but not served" in found


def test_an_unguarded_table_and_a_missing_migration_are_noticed() -> None:
    planted = "import django; django.setup()\n"
    planted += "from demeu.kernel.appendonly import AppendOnly\nfrom demeu.vault.people.models import Person\n"
    planted += "from django.db.models import TextField\n"
    planted += "Person.__bases__ = (AppendOnly,)\nPerson.add_to_class('nickname', TextField(default=''))"
    found = asked_inside("vault", planted)
    assert "vault_people.Person is append-only, its migrations are not" in found
    assert any(line.startswith("vault_people: no migration does") for line in found)


def test_a_reaction_to_nothing_is_noticed() -> None:
    planted = "from demeu.roles import topology; topology.HEARS['access.head_closed'] = ('portal',)"
    assert "treasury reacts to access.head_closed, which it never hears" in asked_inside("treasury", planted)


def test_an_orphaned_event_is_noticed() -> None:
    assert orphaned_events({"gift.lost": ("portal",)}, {}) == ["gift.lost is heard by portal, but no contract has it"]
