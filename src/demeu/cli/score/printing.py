"""Printing a report: nothing in it is taken for markup, nothing is cut off, and every terminal can show it."""

import codecs
import io
import sys
from collections.abc import Container

from rich import box
from rich.console import Console
from rich.table import Table


def paper() -> Console:
    """The output stream, for text as it stands."""
    return Console(highlight=False, markup=False, emoji=False)


def table_of(*titles: str, numbers: Container[str] = ()) -> Table:
    """An empty table; `numbers`: titles of columns with numbers. In a narrow terminal words break and are not cut."""
    table = Table(box=box.SIMPLE)
    for title in titles:
        table.add_column(title, justify="right" if title in numbers else "left", overflow="fold")
    return table


def speak_every_encoding() -> None:
    """Both streams take Kazakh: as UTF-8 where plain ASCII was asked, else with `?` for what the encoding has not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if plain else None, errors="replace")
