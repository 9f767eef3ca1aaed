"""Make the sandbox ready to be trusted: authority, lists, keys of the information systems, the demo's people.

Safe to run again: what is there stays, only the revocation lists are written anew.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demeu.kernel.clock import today
from demeu.sandbox.identity import actions, lists
from demeu.sandbox.identity.systems import KDP_UID, SHEP_UID, VAULT_BIN, VAULT_UID, enrol_systems
from demeu.sandbox.registries.actions import settle_person
from demeu.sandbox.registries.household import Household
from demeu.sandbox.registries.population import DEFAULT_KIND, new_household

# people of the cast who ask for help, with the kind of household they head
APPLICANTS = {"mother": DEFAULT_KIND, "applicant": DEFAULT_KIND}


class Command(BaseCommand):
    """`prepare_sandbox [--cast FILE|-]`: reads a JSON list of people from the file or, with `-`, from stdin."""

    help = "Create the sandbox's authority, its files of trust and the people of the demo."

    def add_arguments(self, parser: Any) -> None:
        """The list of people is optional; without the option stdin is read when something is piped into it."""
        parser.add_argument("--cast", default="", help="file with a JSON list of people, - for stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found, enrol, write."""
        folder = settings.DEMEU_VAR / "trust"
        actions.found_authorities()
        lists.write_certificates(folder)
        held = enrol_systems()
        lists.write_system_key(folder / "vault-is.json", held[VAULT_UID])
        lists.write_system_key(folder / "vault-kdp.json", held[KDP_UID], bin=VAULT_BIN)
        lists.write_system_key(folder / "shep-is.json", held[SHEP_UID])
        people = self._cast(options["cast"])
        for person in people:
            actions.enrol(person)
            self._settle(person)
        lists.write_lists(folder)
        self.stdout.write(f"trust in {folder}; {len(people)} people of the demo")

    def _settle(self, person: actions.Person) -> None:
        """An applicant of the cast has a family in the registers; the seed is their IIN, so it stays the same."""
        if person.role in APPLICANTS:
            home = new_household(APPLICANTS[person.role], seed=int(person.iin), today=today())
            settle_person(taken_over(home, person))

    def _cast(self, source: str) -> list[actions.Person]:
        text = ""
        if source and source != "-":
            with open(source, encoding="utf-8") as file:  # noqa: PTH123 - a path given on the command line
                text = file.read()
        elif source == "-" or not sys.stdin.isatty():
            text = sys.stdin.read()
        if not text.strip():
            return []
        try:
            return [_person(entry) for entry in json.loads(text)]
        except (ValueError, KeyError, TypeError) as fault:
            raise CommandError(f"the list of people cannot be read: {fault}") from fault


def taken_over(home: Household, person: actions.Person) -> Household:
    """The household with its applicant replaced by the person; the birth date is the one their IIN says."""
    century = 1800 + 100 * ((int(person.iin[6]) - 1) // 2)
    born = date(century + int(person.iin[:2]), int(person.iin[2:4]), int(person.iin[4:6]))
    head = replace(
        home.applicant,
        iin=person.iin,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        phone=person.phone,
        birth_date=born.isoformat(),
        male=person.iin[6] in "135",
    )
    return replace(home, members=(head, *home.members[1:]))


def _person(entry: dict[str, Any]) -> actions.Person:
    return actions.Person(
        iin=entry["iin"],
        surname=entry["surname"].upper(),
        given_name=entry["given_name"].upper(),
        patronymic=(entry.get("patronymic") or "").upper(),
        phone=entry.get("phone") or "",
        bin=entry.get("bin") or "",
        organization=entry.get("organization") or "",
        role=entry["key"],
    )
