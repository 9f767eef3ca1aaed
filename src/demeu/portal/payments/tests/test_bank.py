"""The public page of bank and books, and its open data."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from demeu.contracts import treasury
from demeu.kernel import clock
from demeu.kernel.errors import unavailable
from demeu.portal.payments import views_bank

pytestmark = pytest.mark.django_db


def day(number: int, in_bank: int | None, in_ledger: int, waiting: int = 0) -> treasury.BankDay:
    return treasury.BankDay(
        day=date(2026, 11, number), at=clock.now(), in_bank_tiyn=in_bank, in_ledger_tiyn=in_ledger,
        waiting_tiyn=waiting, suspense_tiyn=700, suspense_lines=1,
    )  # fmt: skip


def says(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    def ask(*asked: Any, **how: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(views_bank, "ask", ask)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("now", "icon"), [(day(2, 900, 700, 200), 'data-look="sky"'), (day(2, 900, 700), 'data-look="error"')]
)
def test_the_page_says_whether_both_agree(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, now: treasury.BankDay, icon: str
) -> None:
    says(monkeypatch, treasury.BankMoney(now=now, days=(day(1, None, 0),)))
    answer = client.get("/money/bank/", headers={"accept-language": lang})
    assert answer.status_code == 200 and icon in answer.content.decode() and f'lang="{lang}"'.encode() in answer.content


def test_open_data_have_every_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, treasury.BankMoney(now=day(3, 1, 1), days=(day(2, 900, 700), day(1, None, 0))))
    answer = client.get("/money/bank.csv")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["in_bank_tiyn"] for row in rows] == ["900", ""] and rows[0]["day"] == "2026-11-02"
    assert client.get("/money/bank.json").json()["now"]["in_ledger_tiyn"] == 1


def test_a_silent_ledger_is_said_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, unavailable("call.unavailable"))
    for path in ("/money/bank/", "/money/bank.json", "/money/bank.csv"):
        assert client.get(path).status_code == 503
