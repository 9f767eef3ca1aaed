"""Reading the books: legs, balances, and the four sums of money per item, case and gift."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from demeu.kernel.clock import ALMATY
from demeu.treasury.ledger.journals import Row
from demeu.treasury.ledger.models import Posting, Transfer
from demeu.treasury.ledger.rolling import balance_of, balances_of
from demeu.treasury.ledger.rules import STATE_OF, Account, Entry, Kind, Leg, Lot, LotBalance, Phase

FUNDS = [account.value for account in STATE_OF]


def legs_of(transfer: UUID) -> list[Leg]:
    """The legs of a transfer in their order; empty when there is none."""
    return [_leg(row) for row in Posting.objects.filter(transfer_id=transfer).order_by("position")]


def entry_of(transfer: UUID) -> Entry | None:
    """A transfer as it was written; None when there is none."""
    row = Transfer.objects.filter(id=transfer).first()
    if row is None:
        return None
    legs = legs_of(transfer)
    return Entry(row.id, Kind(row.kind), legs, row.reason, row.reverses_id, Phase(row.phase), row.hold_id)


def hold_ended_by(hold: UUID) -> UUID | None:
    """The transfer that posted or voided a hold; None while it waits."""
    return Transfer.objects.filter(hold=hold).values_list("id", flat=True).first()


def open_holds(*, at: datetime | None = None) -> list[UUID]:
    """Holds that were waiting at a moment (now when none is named), oldest first."""
    held = Transfer.objects.filter(phase=Phase.PENDING)
    ended = Transfer.objects.filter(hold__isnull=False)
    if at is not None:
        held, ended = held.filter(at__lte=at), ended.filter(at__lte=at)
    waiting = held.exclude(id__in=ended.values("hold_id")).order_by("at", "id")
    return list(waiting.values_list("id", flat=True))


def account_balance_tiyn(account: Account) -> int:
    """Debits less credits of an account: its roll-up and what came after."""
    return balance_of(account.value)


def lots(
    *,
    gift: UUID | None = None,
    gifts: Sequence[UUID] = (),
    cases: Sequence[UUID] = (),
    items: Sequence[UUID] = (),
    payout: UUID | None = None,
    accounts: Sequence[Account] = (),
    unallocated: bool = False,
    at: datetime | None = None,
) -> list[LotBalance]:
    """Fund balances by lot, oldest gift first (gift ids are ordered by time); lots that stand at zero are left out.

    With `at`: as they stood at that moment.
    """
    rows = Posting.objects.filter(account__in=[account.value for account in accounts] or FUNDS)
    if at is not None:
        rows = rows.filter(transfer__at__lte=at)
    if gift is not None:
        rows = rows.filter(gift=gift)
    if gifts:
        rows = rows.filter(gift__in=gifts)
    if cases:
        rows = rows.filter(case__in=cases)
    if items:
        rows = rows.filter(item__in=items)
    if payout is not None:
        rows = rows.filter(payout=payout)
    if unallocated:
        rows = rows.filter(item=None, gift__isnull=False)
    grouped = rows.values("account", "gift", "case", "item", "payout").annotate(total=Sum("amount_tiyn"))
    found = [
        LotBalance(
            Account(row["account"]), Lot(row["gift"], row["case"], row["item"], row["payout"]), -int(row["total"])
        )
        for row in grouped.order_by("gift", "item", "account")
    ]
    return [balance for balance in found if balance.amount_tiyn != 0]


def gifts_per_case(cases: Sequence[UUID]) -> dict[UUID, int]:
    """How many gifts stand behind each case."""
    rows = Posting.objects.filter(case__in=cases, account__in=FUNDS, gift__isnull=False)
    counted = rows.values("case").annotate(gifts=Count("gift", distinct=True)).order_by()
    return {row["case"]: row["gifts"] for row in counted if row["case"]}


def fund_totals_tiyn(*, at: datetime | None = None) -> dict[str, int]:
    """All money by its state, now or as it stood at a moment."""
    totals = dict.fromkeys(STATE_OF.values(), 0)
    balances = balances_tiyn(at=at)
    for account, state in STATE_OF.items():
        totals[state] -= balances.get(account.value, 0)
    return totals


def balances_tiyn(*, at: datetime | None = None) -> dict[str, int]:
    """The balance of every account that has postings, by name; now, or as it stood at a moment."""
    if at is None:
        return balances_of([account.value for account in Account])
    rows = Posting.objects.filter(transfer__at__lte=at).values("account").order_by("account")
    return {row["account"]: int(row["total"]) for row in rows.annotate(total=Sum("amount_tiyn"))}


def moved_by_month(*, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Legs of the four funds by month of Kazakhstan, kind and account: `total` in tiyn (credit < 0), `gifts`."""
    rows = Posting.objects.filter(transfer__at__gte=since, transfer__at__lt=until, account__in=FUNDS)
    months = rows.annotate(month=TruncMonth("transfer__at", tzinfo=ALMATY))
    grouped = months.values("month", "transfer__kind", "account").order_by("month")
    return [dict(row) for row in grouped.annotate(total=Sum("amount_tiyn"), gifts=Count("gift", distinct=True))]


def posting_count() -> int:
    """How many postings the books have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM treasury_ledger_posting")
        return int(cursor.fetchone()[0])


def _leg(row: Posting) -> Leg:
    return Leg(Account(row.account), row.amount_tiyn, Lot(row.gift, row.case, row.item, row.payout))


def journal() -> Iterator[Row]:
    """Every posting with its transfer, in the order in which transfers happened; read in pieces."""
    rows = Posting.objects.select_related("transfer").order_by("transfer__at", "transfer_id", "position")
    for row in rows.iterator(chunk_size=2_000):
        yield Row(
            transfer=row.transfer_id,
            at=row.transfer.at,
            kind=row.transfer.kind,
            position=row.position,
            account=row.account,
            amount_tiyn=row.amount_tiyn,
            gift=row.gift,
            case=row.case,
            item=row.item,
            payout=row.payout,
        )
