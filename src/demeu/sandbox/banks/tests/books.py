"""Asks the bank's own invariants, whatever the other apps of the sandbox promise."""

from django.db import connection

from demeu.sandbox.banks.checks import CHECKS


def broken_invariants() -> list[str]:
    """Names of invariants that rows break; empty is the good answer."""
    broken: list[str] = []
    with connection.cursor() as cursor:
        for invariant in CHECKS:
            cursor.execute(invariant.sql)
            broken += [invariant.name for _ in cursor.fetchall()]
    return broken
