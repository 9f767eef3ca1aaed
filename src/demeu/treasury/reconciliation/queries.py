"""Reading lines and matches."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from demeu.contracts import treasury as contract
from demeu.kernel import clock
from demeu.treasury.ledger.queries import account_balance_tiyn
from demeu.treasury.ledger.rules import Account
from demeu.treasury.reconciliation.models import BankCursor, BankDay, LineMatch, StatementLine
from demeu.treasury.reconciliation.rules import Kind


def cursor_of(iban: str) -> int:
    """How far this account was read."""
    return BankCursor.objects.filter(iban=iban).values_list("cursor", flat=True).first() or 0


def open_lines() -> list[StatementLine]:
    """Lines without a match, oldest first."""
    return list(StatementLine.objects.filter(match=None).order_by("booked_at", "id"))


def unmatched_lines() -> list[LineMatch]:
    """Lines in suspense, oldest first."""
    return list(_in_suspense().select_related("line").order_by("at"))


def in_suspense(line: UUID) -> LineMatch | None:
    """A line, while nobody's explanation of it was agreed to."""
    return _in_suspense().filter(line=line).select_related("line").first()


def _in_suspense() -> QuerySet[LineMatch]:
    return LineMatch.objects.filter(kind=Kind.UNMATCHED, line__explained=None)


def bank_now() -> contract.BankDay:
    """What the bank said last that it holds, and what the books say; lines told but not booked yet by themselves."""
    cursor = BankCursor.objects.filter(iban=settings.DEMEU_TREASURY_FUND_IBAN).first()
    waiting = StatementLine.objects.filter(match=None).aggregate(total=Sum("amount_tiyn"))["total"]
    return contract.BankDay(
        day=clock.today(),
        at=clock.now(),
        in_bank_tiyn=cursor.closing_tiyn if cursor else None,
        in_ledger_tiyn=account_balance_tiyn(Account.BANK),
        waiting_tiyn=waiting or 0,
        suspense_tiyn=-account_balance_tiyn(Account.SUSPENSE),
        suspense_lines=_in_suspense().count(),
    )


def bank_days(limit: int) -> list[contract.BankDay]:
    """The daily figures, newest first."""
    return [
        contract.BankDay(
            day=row.day,
            at=row.at,
            in_bank_tiyn=row.in_bank_tiyn,
            in_ledger_tiyn=row.in_ledger_tiyn,
            waiting_tiyn=row.waiting_tiyn,
            suspense_tiyn=row.suspense_tiyn,
            suspense_lines=row.suspense_lines,
        )
        for row in BankDay.objects.order_by("-day")[:limit]
    ]
