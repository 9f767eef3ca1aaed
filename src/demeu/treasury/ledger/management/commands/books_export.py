"""Writes the books to standard output in the format of another bookkeeping program."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demeu.treasury.ledger.journals import FORMATS
from demeu.treasury.ledger.queries import journal


class Command(BaseCommand):
    """`books_export hledger|beancount|csv`."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument: the format."""
        parser.add_argument("format", choices=sorted(FORMATS))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write all of it."""
        FORMATS[options["format"]](journal(), sys.stdout)
