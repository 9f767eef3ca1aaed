"""Make an invitation link for a role: the first administrator, staff, NGOs, suppliers."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.actions import invite


class Command(BaseCommand):
    """`invite ROLE [--region KATO …] [--organization NAME]` prints the link."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Role, regions, organisation."""
        parser.add_argument("role")
        parser.add_argument("--region", action="append", default=[], help="first two digits of КАТО; may be repeated")
        parser.add_argument("--organization", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link; the word in it is shown only now."""
        if options["role"] not in set(Role):
            raise CommandError(f"unknown role {options['role']!r}; one of: {', '.join(Role)}")
        try:
            word = invite(
                role=Role(options["role"]),
                by="operator:console",
                regions=options["region"],
                organization=options["organization"],
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.code}: name --organization and one --region") from None
        self.stdout.write(f"{settings.DEMEU_PORTAL_PUBLIC_URL}/invitation/{word}/")
