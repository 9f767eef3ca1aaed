"""A donor's papers: the statement in three forms, and a company's set with dated, marked figures."""

import base64
import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from demeu.contracts import treasury
from demeu.kernel import signing
from demeu.kernel.errors import Refusal, unavailable
from demeu.kernel.ids import new_id
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.tests.cast import signed_in
from demeu.portal.papers import asking
from demeu.portal.papers.printing import deductions
from demeu.portal.papers.rules import Deduction, checked_bin, deductions_of

pytestmark = pytest.mark.django_db
BIN = "230940000019"
EVIL = "#panic() $1/2$ =1+1 *x*"
AT = datetime(2026, 5, 4, 20, tzinfo=UTC)


def line(amount_tiyn: int, returned_tiyn: int = 0) -> treasury.StatementLine:
    sums = treasury.MoneySums(
        received_tiyn=0, held_tiyn=100, paid_tiyn=0, delivered_tiyn=amount_tiyn - returned_tiyn - 100
    )
    return treasury.StatementLine(
        gift=new_id(), received_at=AT, amount_tiyn=amount_tiyn, returned_tiyn=returned_tiyn, target_kind="fund",
        gateway="halyk", sums=sums, log_index=7,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> None:
    """Portal has keys of its own; vault is away."""
    signing.make_keys(tmp_path, ["portal", "vault", "treasury"])
    settings.DEMEU_KEYS = tmp_path / "portal"


@pytest.fixture
def donor(client: Client) -> UUID:
    person = new_id()
    signed_in(client, person)
    return person


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[treasury.StatementLine]:
    """Treasury's side of the border; its own tests show that it answers so."""
    known = [line(750_050), line(10_000_000, 2_500_000)]

    def answer(_: str, operation: Any, body: Any, *, actor: str, **__: Any) -> Any:
        if operation is treasury.GIFT_STATEMENT:
            assert actor == f"person:{body.donor}"
            return treasury.Statement(year=body.year, lines=tuple(known), pdf_b64=base64.b64encode(b"%PDF-s").decode())
        return treasury.Receipt(pdf_b64=base64.b64encode(b"%PDF-r").decode(), proof="proof\n", log_index=7)

    monkeypatch.setattr(asking, "ask", answer)
    return known


def test_papers_are_for_signed_in_people_only(client: Client) -> None:
    for path in ("/my/papers/", "/my/papers/2026/statement.pdf", "/my/papers/2026/tax/"):
        assert client.get(path).status_code in (302, 403)


@pytest.mark.usefixtures("donor", "lines")
def test_the_statement_comes_as_pdf_csv_and_spreadsheet_with_the_same_sums(client: Client) -> None:
    assert client.get("/my/papers/2026/statement.pdf").content == b"%PDF-s"
    text = client.get("/my/papers/2026/statement.csv").content.decode()
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert text.startswith("\ufeff") and len(head) == len(rows[0]) == 11
    assert [row[4:6] for row in rows] == [["7500.50", "0.00"], ["100000.00", "25000.00"]]
    book = load_workbook(io.BytesIO(client.get("/my/papers/2026/statement.xlsx").content))
    cells = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[4:6] for row in cells] == [(7500.5, 0), (100000, 25000)]
    assert client.get("/my/papers/2026/statement.pdf")["Cache-Control"] == "private, no-store"
    assert client.get("/my/papers/1999/statement.pdf").status_code == 404


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_offers_each_year_with_gifts_and_my_gifts_lead_to_it(client: Client, donor: UUID, lang: str) -> None:
    client.cookies["django_language"] = lang
    GiftIntent.objects.create(
        gift=new_id(), target_kind="fund", amount_tiyn=100_000, fallback="most_urgent", donor=donor, lang=lang,
        offer_version="1", state="received", created_at=AT, received_at=datetime(2024, 12, 31, 20, tzinfo=UTC),
    )  # fmt: skip
    page = client.get("/my/papers/").content.decode()
    for year in (2025, date.today().year):
        assert f'href="/my/papers/{year}/statement.xlsx"' in page and f'href="/my/papers/{year}/tax/"' in page
    assert "/my/papers/2024/" not in page, "the year is that of Kazakhstan"
    assert 'href="/my/papers/"' in client.get("/my/gifts/").content.decode()


def packed(client: Client, **fields: str) -> zipfile.ZipFile:
    answer = client.post("/my/papers/2026/tax/", {"company": "ТОО Қамқор", "bin": BIN, "income": "", **fields})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip", answer.content.decode()[:400]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def text_of(pack: zipfile.ZipFile, name: str) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.read(name))).pages).replace("\u00a0", " ")


@pytest.mark.usefixtures("donor")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_company_gets_request_decision_proofs_limit_and_list(
    client: Client, lines: list[treasury.StatementLine], lang: str
) -> None:
    client.cookies["django_language"] = lang
    pack = packed(client, income="100 000 000")
    gifts = {f"3-transfer/{one.gift}.{kind}" for one in lines for kind in ("pdf", "tlog-proof")}
    assert set(pack.namelist()) == gifts | {"1-request.pdf", "2-decision.pdf", "4-limit.pdf", "gifts.csv", "gifts.xlsx"}
    for name in ("1-request.pdf", "2-decision.pdf"):
        assert "ТОО Қамқор" in text_of(pack, name) and BIN in text_of(pack, name)
    assert "82 500,50 ₸" in text_of(pack, "2-decision.pdf") or "82 500.50 ₸" in text_of(pack, "2-decision.pdf")
    limit = text_of(pack, "4-limit.pdf")
    mark = {"kk": "расталмаған", "ru": "не подтверждено", "en": "not confirmed"}[lang]
    assert "3 %" in limit and "4 %" in limit and "214-VIII" in limit and mark in limit
    assert "3 000 000 ₸" in limit and "4 000 000 ₸" in limit


@pytest.mark.usefixtures("donor", "lines")
def test_a_wrong_form_loses_nothing_and_a_name_is_only_ever_a_name(client: Client) -> None:
    answer = client.post("/my/papers/2026/tax/", {"company": "ТОО Қамқор", "bin": "230940000018x", "income": "много"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "ТОО Қамқор" in page and "230940000018x" in page and "много" in page
    assert EVIL in text_of(packed(client, company=EVIL), "2-decision.pdf")


@pytest.mark.usefixtures("donor")
def test_an_empty_year_and_a_silent_treasury_are_said_so(
    client: Client, lines: list[treasury.StatementLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.clear()
    fields = {"company": "A", "bin": BIN, "income": ""}
    assert client.post("/my/papers/2026/tax/", fields).status_code == 422

    def away(*_: Any, **__: Any) -> None:
        raise unavailable("call.service_down", service="treasury")

    monkeypatch.setattr(asking, "ask", away)
    answer = client.post("/my/papers/2026/tax/", fields)
    assert answer.status_code == 422 and 'value="A"' in answer.content.decode()


def test_every_row_of_the_limit_has_its_dates_its_law_and_its_doubt() -> None:
    rows = deductions()
    assert {row.confirmed for row in rows} == {False} and all(row.law and row.source for row in rows)
    assert {(row.payer, row.percent) for row in deductions_of(rows, 2026)} == {("large", 3), ("other", 4)}
    assert {(row.payer, row.percent) for row in deductions_of(rows, 2025)} == {("other", 4)}
    assert deductions_of(rows, 2017) == ()


def test_a_limit_is_whole_tiyn_rounded_down() -> None:
    row = Deduction("large", 3, date(2026, 1, 1), None, "law", "source", confirmed=False)
    assert (row.limit_tiyn(100), row.limit_tiyn(133), row.limit_tiyn(134)) == (3, 3, 4)


def test_a_bin_needs_its_check_digit() -> None:
    assert checked_bin(" 230940 000019 ") == BIN
    for text in ("230940000014", "23094000001", "abcdefghijkl", "٢٣٠٩٤٠٠٠٠٠١٩"):
        with pytest.raises(Refusal, match=r"company\.bin_wrong"):
            checked_bin(text)
