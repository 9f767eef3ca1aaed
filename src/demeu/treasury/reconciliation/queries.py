"""Reading lines and matches."""

from demeu.treasury.reconciliation.models import BankCursor, LineMatch, StatementLine
from demeu.treasury.reconciliation.rules import Kind


def cursor_of(iban: str) -> int:
    """How far this account was read."""
    return BankCursor.objects.filter(iban=iban).values_list("cursor", flat=True).first() or 0


def open_lines() -> list[StatementLine]:
    """Lines without a match, oldest first."""
    return list(StatementLine.objects.filter(match=None).order_by("booked_at", "id"))


def unmatched_lines() -> list[LineMatch]:
    """Lines in suspense, oldest first."""
    return list(LineMatch.objects.filter(kind=Kind.UNMATCHED).select_related("line").order_by("at"))
