"""Work that takes long: how far it is, and an end by a signal that leaves nothing half-written behind."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Heard = Callable[[float, int], None]
"""Is told the share done, 0 to 1, and the number of households in all."""

ENDING = (signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130
DUCKDB_INTERRUPTED = "Query interrupted"


@contextmanager
def long_work() -> Iterator[Callable[[str], Heard]]:
    """Gives what adds a line: share done, rate and time left, on the error stream if that is a terminal.

    SIGTERM and SIGHUP end the work as Ctrl-C does, so that what is written beside the output is removed.
    """
    parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"))
    console = Console(stderr=True)
    shown = Progress(*parts, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal)
    with _ended_by_signals(), shown as bar:
        yield partial(_line, bar)


def _line(bar: Progress, text: str) -> Heard:
    task, began = bar.add_task(text, total=1.0, rate=""), time.monotonic()

    def heard(share: float, households: int) -> None:
        rate = share * households / max(time.monotonic() - began, 0.001)
        bar.update(task, completed=share, rate=f"{rate:,.0f}/s".replace(",", " "))

    return heard


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Leaves at once when all is cleaned up: a thread of DuckDB that is still ending may abort an orderly exit.

    DuckDB makes an error of its own of an interrupt in the middle of a statement.
    """
    before = {number: signal.signal(number, signal.default_int_handler) for number in ENDING}
    try:
        yield
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    except RuntimeError as error:
        if str(error) != DUCKDB_INTERRUPTED:
            raise
        os._exit(INTERRUPTED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
