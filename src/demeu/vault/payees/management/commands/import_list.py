"""Imports a sanctions list from standard input (lines of ours, CSV, or XML of the United Nations' form)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.kernel.errors import Refusal
from demeu.vault.payees.actions import import_list


class Command(BaseCommand):
    """`import_list NAME < FILE`: from then on payees on it are not paid."""

    help = "Import a sanctions list from standard input; its newest release counts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name of the list, for example «un» or «kfm»."""
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all, keep it as the newest release, say how many entries it has."""
        try:
            count = import_list(name=options["name"], content=sys.stdin.buffer.read(), actor="operator:console")
        except Refusal as refusal:
            raise CommandError(f"{refusal.code} {refusal.facts}") from refusal
        self.stdout.write(f"{options['name']}: {count} entries")
