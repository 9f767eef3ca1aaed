"""No cell of a table that the portal gives becomes a formula, and nothing else in the portal writes tables."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from demeu.portal.ui.sheets import csv_file, csv_lines, safe_text, xlsx_bytes

PORTAL = Path(__file__).resolve().parents[2]
ATTACKS = [
    "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1",
    "\u200b=1", "＝1", "＋1", "－1", "＠A1", '=HYPERLINK("http://x","y")', "=1;2", '"=1"=',
]  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS[:-1])
def test_a_text_that_would_be_calculated_is_shown_instead(text: str) -> None:
    assert safe_text(text) == f"'{text}"
    [[read]] = csv.reader(io.StringIO("".join(csv_lines([[text]])), newline=""))
    assert read == f"'{text}"


@given(st.text(max_size=20))
def test_no_text_at_all_begins_as_a_formula(text: str) -> None:
    shown = safe_text(text)
    assert not shown.lstrip(" \u00a0\ufeff\u200b").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert shown.removeprefix("'") == text or shown == text


def test_numbers_stay_numbers_and_plain_words_stay_as_they_are() -> None:
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    lines = list(csv_lines([["сумма", "Қазақша", None], [-750_000, at, "a,b"]]))
    assert lines == ["сумма,Қазақша,\r\n", '-750000,2026-11-22T10:00:00+00:00,"a,b"\r\n']
    assert csv_file([["x"]], "x.csv")["Content-Disposition"] == 'attachment; filename="x.csv"'


def test_a_spreadsheet_holds_texts_as_texts_and_sums_in_tenge() -> None:
    at = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    rows = [["text", "sum", "at"], *([text, 750_050, at] for text in ATTACKS if text.isprintable())]
    sheet = load_workbook(io.BytesIO(xlsx_bytes(rows, title="Gifts [2026]/11", money=[1]))).active
    assert sheet is not None and sheet.title == "Gifts 202611"
    for text, row in zip([row[0] for row in rows[1:]], sheet.iter_rows(min_row=2), strict=True):
        assert (row[0].data_type, row[0].value) == ("s", text)
        assert (row[1].data_type, row[1].value) == ("n", 7500.5)
        assert row[2].value == datetime(2026, 11, 23, 3, 30), "moments of Kazakhstan"


def test_nothing_else_in_the_portal_writes_tables() -> None:
    writers = [
        path.relative_to(PORTAL).as_posix()
        for path in PORTAL.rglob("*.py")
        if "tests" not in path.parts
        and any(way in path.read_text() for way in ("csv.writer", "DictWriter", "xlsx" + "writer"))
    ]
    assert writers == ["ui/sheets.py"]
