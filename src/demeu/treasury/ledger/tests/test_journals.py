"""Promises of the export: other programs find the same balances."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from demeu.kernel.ids import new_id
from demeu.treasury.ledger.actions import hold_money, post_hold, post_transfer, reverse_transfer
from demeu.treasury.ledger.journals import FORMATS, Row, beancount_account, write_beancount, write_csv, write_hledger
from demeu.treasury.ledger.queries import balances_tiyn, journal
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, moved

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


@pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.")
@pytest.mark.django_db(transaction=True)
def test_the_exported_postings_add_up_to_our_balances() -> None:
    for number in range(5):
        legs = [Leg(Account.GATEWAY_HALYK, 100 + number), Leg(Account.RECEIVED, -100 - number)]
        post_transfer(transfer=new_id(), kind=Kind.RECEIVE, legs=legs)
    found: dict[str, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(text_of(FORMATS["csv"], list(journal())))):
        found[row["account"]] += int(row["amount_tiyn"])
    assert dict(found) == balances_tiyn()


def books() -> str:
    """A gift that is held, set aside, paid in part and in part given back, with a fee and a correction."""
    lot = Lot(gift=new_id())
    write = [
        [Leg(Account.GATEWAY_HALYK, 750_050, lot), Leg(Account.RECEIVED, -750_050, lot)],
        [Leg(Account.BANK, 742_551, lot), Leg(Account.FEES, 7_499, lot), Leg(Account.GATEWAY_HALYK, -750_050, lot)],
        moved(750_050, out_of=Account.RECEIVED, into=Account.HELD, lot=lot),
        [Leg(Account.BANK, 3), Leg(Account.SUSPENSE, -3)],
    ]
    for legs in write:
        post_transfer(transfer=new_id(), kind=Kind.SETTLE, legs=legs)
    hold = new_id()
    hold_money(transfer=hold, kind=Kind.RESERVE, legs=moved(1_001, out_of=Account.HELD, into=Account.RESERVED, lot=lot))
    paid = [*moved(1_000, out_of=Account.RESERVED, into=Account.PAID, lot=lot),
            *moved(1, out_of=Account.RESERVED, into=Account.HELD, lot=lot),
            Leg(Account.HELP, 1_000, lot), Leg(Account.BANK, -1_000, lot)]  # fmt: skip
    post_hold(hold=hold, transfer=new_id(), kind=Kind.PAY, legs=paid)
    wrong = new_id()
    post_transfer(transfer=wrong, kind=Kind.SUSPEND, legs=[Leg(Account.BANK, 77), Leg(Account.SUSPENSE, -77)])
    reverse_transfer(transfer=wrong)
    return str(hold)


def exported(format_: str, folder: Path) -> Path:
    """The file as `demeu books export` writes it."""
    out = io.StringIO()
    FORMATS[format_](journal(), out)
    file = folder / f"books.{format_}"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def tiyn_of(amount: str) -> int:
    tenge, _, rest = amount.replace(",", "").partition(".")
    return int(tenge + rest.ljust(2, "0")[:2])


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.", "payouts.")
@pytest.mark.django_db(transaction=True)
def test_bean_check_finds_no_fault_and_beancount_the_same_balances_to_the_tiyn(tmp_path: Path) -> None:
    books()
    file = exported("beancount", tmp_path)
    bean_check = str(Path(sys.executable).with_name("bean-check"))
    checked = run(bean_check, str(file))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from beancount import loader
        from beancount.core import realization
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    root = realization.realize(entries)
    ours = {beancount_account(name): total for name, total in balances_tiyn().items() if total}
    theirs = {}
    for account in realization.iter_children(root, leaf_only=True):
        for position in account.balance:
            theirs[account.account] = int(position.units.number * 100)
    assert theirs == ours
    broken = tmp_path / "broken.beancount"
    broken.write_text(file.read_text(encoding="utf-8").replace("-7500.50 KZT", "-7500.51 KZT", 1), encoding="utf-8")
    assert run(bean_check, str(broken)).returncode != 0, "bean-check must see a wrong tiyn"


@pytest.mark.breaks("donations.", "gateways.", "reconciliation.", "allocation.", "payouts.")
@pytest.mark.django_db(transaction=True)
def test_hledger_checks_the_export_and_finds_the_same_balances_to_the_tiyn(tmp_path: Path) -> None:
    hledger = shutil.which("hledger")
    if hledger is None and "CI" not in os.environ:
        assert sys.__stderr__ is not None
        sys.__stderr__.write(
            "\nHLEDGER IS NOT INSTALLED: its reading of the books was not tried. apt-get install hledger\n"
        )
        return
    assert hledger, "hledger must be there where everything is tried: apt-get install hledger"
    books()
    file = str(exported("hledger", tmp_path))
    checked = run(hledger, "check", "--strict", "-f", file)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    told = run(hledger, "balance", "-f", file, "--flat", "-E", "-N", "-O", "csv")
    assert told.returncode == 0, told.stderr
    rows = list(csv.reader(io.StringIO(told.stdout)))[1:]
    theirs = {account: tiyn_of(amount.split()[0]) for account, amount in rows}
    ours = balances_tiyn()
    assert {name: total for name, total in theirs.items() if total} == {name: t for name, t in ours.items() if t}
    broken = tmp_path / "broken.journal"
    broken.write_text(Path(file).read_text(encoding="utf-8").replace("-7500.50 KZT", "-7500.51 KZT", 1), "utf-8")
    assert run(hledger, "check", "-f", str(broken)).returncode != 0, "hledger must see a wrong tiyn"
