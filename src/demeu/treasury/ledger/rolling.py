"""Balances of accounts that have millions of postings: a sum up to a point, and the postings after it.

The point is a place in the order of database transactions, never a posting's id: a smaller id may commit later. Before
`pg_snapshot_xmin` every transaction has ended, so nothing can still appear there.
"""

from collections.abc import Sequence

from django.db import connection

from demeu.treasury.ledger.rules import Account

BALANCES = """
SELECT a.account,
       coalesce(r.amount_tiyn, 0) + coalesce(
           (SELECT sum(p.amount_tiyn) FROM treasury_ledger_posting p
             WHERE p.account = a.account AND p.xid >= coalesce(r.upto, '0'::xid8)), 0),
       r.account IS NOT NULL OR EXISTS (SELECT 1 FROM treasury_ledger_posting p WHERE p.account = a.account)
  FROM unnest(%s::text[]) AS a(account)
  LEFT JOIN treasury_ledger_rollup r
    ON r.account = a.account AND r.cluster = (SELECT system_identifier FROM pg_control_system())
 ORDER BY a.account
"""


def roll_up() -> None:
    """Move every account's point as far as is safe now. May run at any time, also twice at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT treasury_ledger_roll_up(%s)", [[account.value for account in Account]])


def balances_of(accounts: Sequence[str]) -> dict[str, int]:
    """Debits less credits of these accounts, in one snapshot; accounts that never had a posting are left out."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, [list(accounts)])
        return {account: int(total) for account, total, used in cursor.fetchall() if used}


def balance_of(account: str) -> int:
    """Debits less credits of one account; 0 when it never had a posting."""
    return balances_of([account]).get(account, 0)
