"""Reading the bank's statements and matching each line, every line in a transaction of its own."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from demeu.contracts.vault.payees import STATEMENT_EXTRACT, StatementExtract, StatementLines
from demeu.kernel import clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, conflict
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.treasury.payouts.bank import Bank
from demeu.treasury.reconciliation.booking import ask_gateway_first, book_line, suspend_line
from demeu.treasury.reconciliation.models import BankCursor, BankDay, LineMatch, StatementLine
from demeu.treasury.reconciliation.queries import bank_now, cursor_of, open_lines
from demeu.treasury.reconciliation.rules import OWNER, PATIENCE, Kind, meaning_of

log = logger(__name__)
ROLE = "role:treasury"
NOTIFIED = ":054"
Extraction = Callable[[str], StatementLines]


def extract_in_vault(xml: str) -> StatementLines:
    """Vault keeps the statement and gives back lines without names."""
    question = StatementExtract(xml=xml)
    return ask("vault", STATEMENT_EXTRACT, question, actor=ROLE, purpose="payout", deadline_s=20)


def read_statements(*, bank: Bank, extract: Extraction = extract_in_vault) -> int:
    """Fetch what was booked since the last time and store its lines; how many are new."""
    statement = bank.statement(cursor_of(bank.iban))
    if statement is None:
        return 0
    lines = extract(statement.xml)
    if not lines.account_ok:
        raise conflict("statement.other_account")
    return store_lines(iban=bank.iban, cursor=statement.cursor, lines=lines)


def read_notifications(*, bank: Bank, extract: Extraction = extract_in_vault) -> int:
    """The same from camt.054, where the bank's profile has it. A line that both tell is stored once."""
    place = f"{bank.iban}{NOTIFIED}"
    told = bank.notification(cursor_of(place))
    if told is None:
        return 0
    lines = extract(told.xml)
    if not lines.account_ok:
        raise conflict("statement.other_account")
    return store_lines(iban=place, cursor=told.cursor, lines=lines)


def note_bank_day() -> None:
    """What bank and books hold at the end of this day (Almaty); noted again, the first word stays."""
    figures = bank_now()
    BankDay.objects.get_or_create(
        day=clock.today(),
        defaults={
            "at": figures.at,
            "in_bank_tiyn": figures.in_bank_tiyn,
            "in_ledger_tiyn": figures.in_ledger_tiyn,
            "waiting_tiyn": figures.waiting_tiyn,
            "suspense_tiyn": figures.suspense_tiyn,
            "suspense_lines": figures.suspense_lines,
        },
    )


@transaction.atomic
def store_lines(*, iban: str, cursor: int, lines: StatementLines) -> int:
    """Lines and cursor in one step; entries that the bank repeats are stored once."""
    known = set(
        StatementLine.objects.filter(entry_ref__in=[line.entry_ref for line in lines.lines]).values_list(
            "entry_ref", flat=True
        )
    )
    fresh = {line.entry_ref: line for line in lines.lines if line.entry_ref not in known}
    now = clock.now()
    StatementLine.objects.bulk_create(
        [
            StatementLine(
                id=new_id(),
                entry_ref=line.entry_ref,
                amount_tiyn=line.amount_tiyn,
                fee_tiyn=line.fee_tiyn,
                currency=line.currency,
                booked_at=line.booked_at,
                end_to_end_id=line.end_to_end_id[:40],
                reference=line.reference[:140],
                reason=line.reason[:20],
                stored_at=now,
            )
            for line in fresh.values()
        ],
        ignore_conflicts=True,
    )
    BankCursor.objects.update_or_create(
        iban=iban, defaults={"cursor": cursor, "closing_tiyn": lines.closing_balance_tiyn, "read_at": now}
    )
    return len(fresh)


def match_lines() -> int:
    """Match every open line; one that fails is logged and tried again, the others go on."""
    matched = 0
    for line in open_lines():
        try:
            matched += match_line(line=line)
        except Refusal as refusal:
            log.warning("statement.line_waits", line=str(line.id), reason=refusal.code)
    return matched


def match_line(*, line: StatementLine) -> bool:
    """Find out what a line is and book it; False when it has to wait for news from elsewhere."""
    meaning = meaning_of(amount_tiyn=line.amount_tiyn, end_to_end_id=line.end_to_end_id, reference=line.reference)
    if meaning.kind is Kind.SETTLEMENT:
        ask_gateway_first(meaning)
    with transaction.atomic():
        lock_line(line.id)
        if LineMatch.objects.filter(line=line).exists():
            return False
        thing = book_line(line, meaning)
        patient = clock.now() - line.stored_at < PATIENCE and meaning.kind is not Kind.UNMATCHED
        if thing is None and patient:
            return False
        kind = meaning.kind if thing else Kind.UNMATCHED
        if thing is None:
            suspend_line(line)
        owner = "" if thing else OWNER
        LineMatch.objects.create(line=line, kind=kind, thing=thing, owner=owner, at=clock.now())
    return True


def lock_line(line: UUID) -> None:
    """One matcher a line at a time; lines only grow, so that nobody may lock their rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"statement-line:{line}"])
