"""Reports as pages, files and lines of data: one place says how a cell is written."""

from typing import Any

from django.urls import reverse

from demeu.kernel.money import format_tenge
from demeu.portal.statistics import wording
from demeu.portal.statistics.reports import Cell, Column, Report
from demeu.portal.ui.sheets import Cell as SheetCell
from demeu.portal.ui.wording import grouped, language


def shown(report: Report) -> dict[str, Any]:
    """For `statistics/parts/report.html`: words of each cell beside its plain value, which the chart reads."""
    return {
        "report": report,
        "lines": [
            {
                "line": line,
                "href": f"{reverse('catalogue:list')}?{line.query}" if line.query else "",
                "drawn": ":" not in line.key,
                "cells": [
                    {"text": written(cell, column), "plain": plain(cell, column)}
                    for cell, column in zip(line.cells, report.columns, strict=True)
                ],
            }
            for line in report.lines
        ],
        "hidden": any(cell is None for line in report.lines for cell in line.cells),
        "seen": any(cell for line in report.lines for cell in line.cells),
    }


def written(cell: Cell, column: Column) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return str(wording.HIDDEN)
    if column.kind == "tenge":
        return format_tenge(int(cell), language())
    if column.kind in ("share", "days"):
        text = f"{cell:.1f}".removesuffix(".0")
        text = text if language() == "en" else text.replace(".", ",")
        return f"{text}\u00a0%" if column.kind == "share" else text
    return grouped(int(cell))


def plain(cell: Cell, column: Column) -> str:
    """A cell as a program reads it: tenge with two decimals, nothing for a hidden one."""
    if cell is None:
        return ""
    return f"{int(cell) / 100:.2f}" if column.kind == "tenge" else f"{cell}"


def sheet(report: Report) -> tuple[list[list[SheetCell]], tuple[int, ...]]:
    """Rows of a file, the head first, and which columns are sums in tiyn."""
    rows: list[list[SheetCell]] = [["key", "name", *(_head(column) for column in report.columns)]]
    for line in report.lines:
        cells = [
            None if cell is None else int(cell) if column.kind in ("number", "tenge") else f"{cell}"
            for cell, column in zip(line.cells, report.columns, strict=True)
        ]
        rows.append([line.key, line.name, *cells])
    return rows, tuple(place for place, column in enumerate(report.columns, start=2) if column.kind == "tenge")


def _head(column: Column) -> str:
    """Sums in files are in tenge; the column's name says so."""
    if column.kind != "tenge":
        return column.code
    return f"{column.code.removesuffix('_tiyn')}_tenge"


def as_lines(report: Report) -> list[dict[str, Any]]:
    """The report for programs: one object a row, sums in tiyn, null where a cell is hidden."""
    codes = [column.code if column.kind != "tenge" else _tiyn(column.code) for column in report.columns]
    return [{"key": line.key, "name": line.name, **dict(zip(codes, line.cells, strict=True))} for line in report.lines]


def _tiyn(code: str) -> str:
    return f"{code.removesuffix('_tiyn')}_tiyn"
