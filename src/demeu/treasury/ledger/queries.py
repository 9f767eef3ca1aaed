"""Reading the books: legs, balances, and the four sums of money per item, case and gift."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from demeu.treasury.ledger.journals import Row
from demeu.treasury.ledger.models import Posting
from demeu.treasury.ledger.rules import STATE_OF, Account, Leg, Lot, LotBalance

FUNDS = [account.value for account in STATE_OF]


def legs_of(transfer: UUID) -> list[Leg]:
    """The legs of a transfer in their order; empty when there is none."""
    return [_leg(row) for row in Posting.objects.filter(transfer_id=transfer).order_by("position")]


def account_balance_tiyn(account: Account) -> int:
    """Debits less credits of an account."""
    return int(Posting.objects.filter(account=account).aggregate(total=Sum("amount_tiyn"))["total"] or 0)


def lots(
    *,
    gift: UUID | None = None,
    cases: Sequence[UUID] = (),
    items: Sequence[UUID] = (),
    payout: UUID | None = None,
    accounts: Sequence[Account] = (),
    unallocated: bool = False,
) -> list[LotBalance]:
    """Fund balances by lot, oldest gift first (gift ids are ordered by time); lots that stand at zero are left out."""
    rows = Posting.objects.filter(account__in=[account.value for account in accounts] or FUNDS)
    if gift is not None:
        rows = rows.filter(gift=gift)
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


def fund_totals_tiyn() -> dict[str, int]:
    """All money by its state."""
    totals = dict.fromkeys(STATE_OF.values(), 0)
    rows = Posting.objects.filter(account__in=FUNDS).values("account").annotate(total=Sum("amount_tiyn")).order_by()
    for row in rows:
        totals[STATE_OF[Account(row["account"])]] -= int(row["total"])
    return totals


def balances_tiyn() -> dict[str, int]:
    """Every account's balance, by name."""
    rows = Posting.objects.values("account").annotate(total=Sum("amount_tiyn")).order_by("account")
    return {row["account"]: int(row["total"]) for row in rows}


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
