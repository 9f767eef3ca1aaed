"""Runs every invariant of the treasury and keeps what it found for the public page; exit code 1 when one is broken."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from demeu.kernel.checks import invariants
from demeu.treasury.ledger.promises import run_checks
from demeu.treasury.ledger.queries import balances_tiyn, posting_count


class Command(BaseCommand):
    """`books_check`: each promise with «ok» or «BROKEN» and the rows that break it."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and say."""
        broken = {found.name: found for found in run_checks()}
        for invariant in invariants():
            found = broken.get(invariant.name)
            self.stdout.write(f"{'BROKEN' if found else 'ok':7} {invariant.name}: {invariant.promise}")
            for row in found.rows if found else []:
                self.stdout.write("        " + " ".join(str(value) for value in row))
        total = sum(balances_tiyn().values())
        self.stdout.write(f"{posting_count()} postings; sum of all accounts: {total} tiyn")
        if broken or total:
            sys.exit(1)
