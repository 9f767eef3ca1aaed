"""Promises of the export: other programs find the same balances."""

import csv
import io
import re
from collections import defaultdict
from datetime import UTC, datetime
from uuid import UUID

import pytest

from demeu.kernel.ids import new_id
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.journals import FORMATS, Row, beancount_account, write_beancount, write_csv, write_hledger
from demeu.treasury.ledger.queries import balances_tiyn, journal
from demeu.treasury.ledger.rules import Account, Kind, Leg

AT = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
ROWS = [
    Row(UUID(int=1), AT, "receive", 0, "assets:gateway:halyk", 750_050, UUID(int=2), None, None, None),
    Row(UUID(int=1), AT, "receive", 1, "funds:received", -750_050, UUID(int=2), None, None, None),
]


def text_of(write: object, rows: list[Row]) -> str:
    out = io.StringIO()
    write(rows, out)  # type: ignore[operator]
    return out.getvalue()


def test_days_are_those_of_kazakhstan() -> None:
    assert "\n2026-11-22 * receive" in text_of(write_hledger, ROWS)


def test_hledger_gets_exact_amounts_under_declared_accounts() -> None:
    text = text_of(write_hledger, ROWS)
    assert "    funds:received  -7500.50 KZT" in text
    assert all(f"account {account.value}\n" in text for account in Account)


def test_beancount_gets_names_that_it_allows() -> None:
    text = text_of(write_beancount, ROWS)
    names = [beancount_account(account.value) for account in Account]
    assert len(set(names)) == len(names)
    allowed = re.compile(r"(Assets|Liabilities|Expenses)(:[A-Z][A-Za-z0-9-]*)+")
    assert all(allowed.fullmatch(name) for name in names)
    assert all(f"open {name} KZT" in text for name in names)


def test_the_table_has_one_line_a_posting_in_whole_tiyn() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(write_csv, ROWS))))
    assert [row["amount_tiyn"] for row in rows] == ["750050", "-750050"]
    assert rows[0]["gift"] == str(UUID(int=2)) and rows[0]["payout"] == ""


@pytest.mark.django_db(transaction=True)
def test_the_exported_postings_add_up_to_our_balances() -> None:
    for number in range(5):
        legs = [Leg(Account.GATEWAY_HALYK, 100 + number), Leg(Account.RECEIVED, -100 - number)]
        post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=legs)
    found: dict[str, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(text_of(FORMATS["csv"], list(journal())))):
        found[row["account"]] += int(row["amount_tiyn"])
    assert dict(found) == balances_tiyn()
