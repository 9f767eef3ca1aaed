"""How a command ends that cannot go on: each cause on a line with its place, in the reader's language.

Exit code 2: a file or an option cannot be used. 1: the rules are not what was released, or the calculation stopped.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

import typer

from demeu.kernel.errors import Refusal
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages

STOPPED, UNUSABLE = 1, 2
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Lang(StrEnum):
    """Languages of what is printed."""

    KK = "kk"
    RU = "ru"
    EN = "en"


def end(*lines: str, exit_code: int) -> NoReturn:
    """Ends the program; the lines go to the error stream."""
    typer.echo("\n  ".join(lines), err=True)
    raise typer.Exit(exit_code)


def refuse(lang: str, faults: list[str]) -> NoReturn:
    """The file that was given cannot be used."""
    end(messages("report")["unusable"][lang], *faults, exit_code=UNUSABLE)


def refuse_command(lang: str, faults: list[str]) -> NoReturn:
    """The command cannot be carried out as it was asked."""
    end(messages("report")["cannot"][lang], *faults, exit_code=UNUSABLE)


def day_of(on: str | None, lang: str) -> date | None:
    """The day of `--on`; ends the program when there is no such day."""
    if on is None:
        return None
    try:
        return date.fromisoformat(on if DAY.fullmatch(on) else "")
    except ValueError:
        refuse_command(lang, [messages("report")["not_a_day"][lang].format(day=on)])


@contextmanager
def ending_in_words(
    lang: str, out: Path, words: Mapping[str, Any], *, failures: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Around work that writes the folder `out`. `words`: by refusal code; `failures`: what stops a calculation."""
    report = messages("report")
    try:
        yield
    except Refusal as refusal:
        refuse_command(lang, said(refusal, lang, words))
    except RuleSetChanged as error:
        end(str(error), exit_code=STOPPED)
    except failures as error:
        end(report["stopped"][lang].format(why=str(error).strip().partition("\n")[0]), exit_code=STOPPED)
    except OSError as error:
        refuse_command(lang, [report["not_writable"][lang].format(out=out, why=error.strerror or error)])


def said(refusal: Refusal, lang: str, words: Mapping[str, Any] | None = None) -> list[str]:
    """Each fault with its place; of other refusals the words and the code, or the code and its facts."""
    facts = refusal.facts
    faults = facts.get("faults")
    if isinstance(faults, list):
        place = f"{facts['file']}: " if "file" in facts else "$." if refusal.code == "score.rejected" else ""
        return [f"{place}{fault}" for fault in faults]
    text = {**messages("report"), **(words or {})}.get(refusal.code)
    if text is None:
        return [refusal.code + "".join(f" {name}={fact}" for name, fact in facts.items())]
    shown = {name: ", ".join(map(str, fact)) if isinstance(fact, list) else fact for name, fact in facts.items()}
    return [f"{text[lang].format(**shown)} ({refusal.code})"]


def json_path(place: tuple[int | str, ...]) -> str:
    """A JSON path: `$.persons[1].birth_date`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
