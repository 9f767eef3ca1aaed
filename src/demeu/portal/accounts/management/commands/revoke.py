"""Take a role back from a person, or all of them: what is done first when an account is suspected."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.actions import revoke_role
from demeu.portal.accounts.queries import actor_of

ALL = "all"


class Command(BaseCommand):
    """`revoke PERSON [ROLE]` prints what was taken back."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Reference of the person, and a role or all."""
        parser.add_argument("person", type=UUID)
        parser.add_argument("role", nargs="?", default=ALL)

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke, one line for each role."""
        if options["role"] != ALL and options["role"] not in set(Role):
            raise CommandError(f"unknown role {options['role']!r}; one of: all, {', '.join(Role)}")
        held = sorted(actor_of(options["person"]).roles - {Role.APPLICANT, Role.DONOR})
        for role in held if options["role"] == ALL else [Role(options["role"])]:
            try:
                revoke_role(person=options["person"], role=role, by="operator:console")
            except Refusal as refusal:
                raise CommandError(f"{refusal.code}: the person does not hold it") from None
            self.stdout.write(f"{role} taken back")
