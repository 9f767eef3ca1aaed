"""Reading lines and matches."""

from django.conf import settings
from django.db.models import Sum

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
    return list(LineMatch.objects.filter(kind=Kind.UNMATCHED).select_related("line").order_by("at"))


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
        suspense_lines=LineMatch.objects.filter(kind=Kind.UNMATCHED).count(),
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


def suspense_cards() -> tuple[contract.SuspenseLine, ...]:
    """Lines that nobody could explain, oldest first, with the role that owns each; no text of the bank's."""
    return tuple(
        contract.SuspenseLine(
            line=match.line_id,
            entry_ref=match.line.entry_ref,
            amount_tiyn=match.line.amount_tiyn,
            booked_at=match.line.booked_at,
            owner=match.owner,
        )
        for match in unmatched_lines()
    )
