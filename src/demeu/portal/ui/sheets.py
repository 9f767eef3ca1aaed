"""Tables as files, for every page that gives one: CSV and XLSX whose cells can never become formulas.

A text that a spreadsheet would calculate gets an apostrophe before it (CSV) or is typed as text (XLSX). Numbers stay
numbers. Nothing else in the portal writes tables.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import xlsxwriter
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from demeu.kernel.clock import ALMATY
from demeu.kernel.money import decimal_tenge

Answer = TypeVar("Answer", bound=HttpResponseBase)
Cell = str | int | date | datetime | None
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
BOM = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME_LENGTH_MAX = 31
LARGE = {"x_scale": 1.6, "y_scale": 1.4}


class _Echo:
    """Gives back what csv writes, so that rows stream."""

    def write(self, row: str) -> str:
        return row


def safe_text(text: str) -> str:
    """The text as a spreadsheet shows it and never calculates it, whatever blank or invisible sign it begins with."""
    begins = text.lstrip(" \u00a0\ufeff\u200b")
    return f"'{text}" if begins.startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS) else text


def csv_lines(rows: Iterable[Sequence[Cell]], *, money: Sequence[int] = ()) -> Iterator[str]:
    """The rows as lines of CSV (RFC 4180); moments in ISO 8601; the columns in `money` hold tiyn and show tenge."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([_csv_cell(cell, place in money) for place, cell in enumerate(row)])


def csv_file(
    rows: Iterable[Sequence[Cell]], name: str, *, money: Sequence[int] = (), bom: bool = False
) -> HttpResponse:
    """A CSV file to save; with `bom` spreadsheets see that it is UTF-8."""
    text = (BOM if bom else "") + "".join(csv_lines(rows, money=money))
    return _named(HttpResponse(text, content_type=CSV_TYPE), name)


def csv_stream(rows: Iterable[Sequence[Cell]], name: str) -> StreamingHttpResponse:
    """A long CSV file, written while it is read."""
    return _named(StreamingHttpResponse(csv_lines(rows), content_type=CSV_TYPE), name)


def xlsx_file(rows: Sequence[Sequence[Cell]], name: str, *, title: str, money: Sequence[int] = ()) -> HttpResponse:
    """A spreadsheet to save: the first row is the head; the columns in `money` hold tiyn and show tenge."""
    return _named(HttpResponse(xlsx_bytes(rows, title=title, money=money), content_type=XLSX_TYPE), name)


def xlsx_bytes(
    rows: Sequence[Sequence[Cell]], *, title: str, money: Sequence[int] = (), bars: Sequence[int] = ()
) -> bytes:
    """The spreadsheet itself; the columns in `bars` are drawn below the table, a bar for each row."""
    made = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, plain) as book:
        sheet = book.add_worksheet("".join(sign for sign in title if sign not in "[]:*?/\\'")[:SHEET_NAME_LENGTH_MAX])
        bold, tenge = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell.astimezone(ALMATY).replace(tzinfo=None), moment)
                elif isinstance(cell, int):
                    _write_number(sheet, (number, place), cell, tenge if place in money else None)
                elif cell is not None:
                    sheet.write_string(number, place, str(cell), bold if number == 0 else None)
        sheet.autofit()
        if bars and len(rows) > 1:
            sheet.insert_chart(
                len(rows) + 1, 0, _bars(book, sheet, len(rows) - 1, bars), {"x_scale": 1.6, "y_scale": 1.4}
            )
    return made.getvalue()


def _bars(book: Any, sheet: Any, last: int, columns: Sequence[int]) -> Any:
    chart = book.add_chart({"type": "bar"})
    for column in columns:
        cells = {"name": [0, column], "categories": [1, 0, last, 0], "values": [1, column, last, column]}
        chart.add_series({part: [sheet.name, *place] for part, place in cells.items()})
    return chart


def _write_number(sheet: Any, at: tuple[int, int], cell: int, tenge: Any) -> None:
    sheet.write_number(*at, cell / 100 if tenge else cell, tenge)


def _csv_cell(cell: Cell, tenge: bool) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return decimal_tenge(cell) if tenge else cell
    return safe_text(cell)


def _named(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
