"""Exit code 2: what cannot be used is named with its place, in the reader's language, and nothing is written."""

from enum import StrEnum
from typing import NoReturn

import typer

from demeu.kernel.errors import Refusal
from demeu.scoring.trace import messages

UNUSABLE = 2


class Lang(StrEnum):
    """Languages of the explanation."""

    KK = "kk"
    RU = "ru"
    EN = "en"


def refuse(lang: str, faults: list[str]) -> NoReturn:
    """Ends the program with exit code 2 and each fault on a line of its own."""
    typer.echo("\n  ".join([messages("report")["unusable"][lang], *faults]), err=True)
    raise typer.Exit(UNUSABLE)


def said(refusal: Refusal) -> list[str]:
    """Each fault with its JSON path; for other refusals the code and its facts."""
    faults = refusal.facts.get("faults")
    if isinstance(faults, list):
        return [f"$.{fault}" for fault in faults]
    return [refusal.code + "".join(f" {name}={fact}" for name, fact in refusal.facts.items())]


def json_path(place: tuple[int | str, ...]) -> str:
    """A JSON path: `$.persons[1].birth_date`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
