"""Reading a CSV of requests: every fault named by line and reason. Pure; keeps nothing of what it read."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from demeu.portal.school_checks.rules import Request, faults_of, tidy

COLUMNS = ("number", "iin", "phone")
ROWS_MAX = 200
BYTES_MAX = 64 * 1024
TEMPLATE = "number;iin;phone\r\n12/2026;;+77010000000\r\n"


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line (1 = the names of the columns): a code of `wording.FAULTS`."""

    line: int
    reason: str


def read_requests(content: bytes, *, on: date, taken: Collection[str]) -> tuple[tuple[Request, ...], tuple[Fault, ...]]:
    """Requests of a file and its faults; with any fault nothing of the file is used.

    `taken`: numbers of requests that this school has already opened this year.
    """
    rows, fault = _rows(content)
    if fault is not None:
        return (), (fault,)
    requests: list[Request] = []
    faults: list[Fault] = []
    numbers, people = set(taken), set[str]()
    for line, row in rows:
        if len(row) != len(COLUMNS):
            faults.append(Fault(line, "columns_wrong"))
            continue
        request = tidy(*row)
        found = list(faults_of(request, on))
        found += ["number_repeated"] if request.number in numbers else []
        found += ["iin_repeated"] if request.iin in people else []
        faults += [Fault(line, reason) for reason in found]
        numbers.add(request.number)
        people.add(request.iin)
        requests.append(request)
    return tuple(requests), tuple(faults)


def _rows(content: bytes) -> tuple[list[tuple[int, list[str]]], Fault | None]:
    """Lines with their numbers, without empty ones; or the fault that makes the file unreadable."""
    if len(content) > BYTES_MAX:
        return [], Fault(1, "file_too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], Fault(1, "not_utf8")
    if "\x00" in text:
        return [], Fault(1, "not_utf8")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return [], Fault(max(reader.line_num, 1), "columns_wrong")
    if not rows or tuple(cell.strip().lower() for cell in rows[0][1]) != COLUMNS:
        return [], Fault(1, "header_wrong")
    if len(rows) == 1:
        return [], Fault(1, "no_rows")
    return (rows[1:], None) if len(rows) - 1 <= ROWS_MAX else ([], Fault(ROWS_MAX + 2, "too_many_rows"))
