"""Loads the demo's people and payees under given references, from JSON on standard input; told again, nothing changes.

Form: {"people": [{"ref", "iin", "surname", "given_name", "patronymic", "phone", "lang", "region_kato"}],
"payees": [{"payee", "name", "bin", "iban"}]}. Refused in production.
"""

import json
import sys
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demeu.kernel.errors import Refusal
from demeu.vault.payees.actions import register_payee
from demeu.vault.people.actions import keep_demo_person


class Command(BaseCommand):
    """`load_demo < country.json`."""

    help = "Load the people and payees of the demo from JSON on standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, keep all or nothing, say how many."""
        if settings.DEMEU_PROFILE == "production":
            raise CommandError("the demo is not loaded in production")
        try:
            country = json.load(sys.stdin)
            people, payees = country.get("people", []), country.get("payees", [])
            with transaction.atomic():
                for person in people:
                    self._person(person)
                for payee in payees:
                    self._payee(payee)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise CommandError(f"the demo cannot be read: {fault!r}") from fault
        except Refusal as refusal:
            raise CommandError(f"the demo is not usable: {refusal.code} {refusal.facts}") from refusal
        self.stdout.write(f"{len(people)} people, {len(payees)} payees")

    def _person(self, entry: dict[str, Any]) -> None:
        keep_demo_person(
            ref=UUID(entry["ref"]),
            iin=entry["iin"],
            surname=entry["surname"],
            given_name=entry["given_name"],
            patronymic=entry.get("patronymic") or "",
            phone=entry.get("phone") or "",
            lang=entry.get("lang") or "ru",
            region_kato=entry.get("region_kato") or "",
        )

    def _payee(self, entry: dict[str, Any]) -> None:
        register_payee(
            payee=UUID(entry["payee"]), name=entry["name"], number=entry["bin"], iban=entry["iban"], actor="role:vault"
        )
