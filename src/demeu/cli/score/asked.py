"""The question of a command: a JSON file with a household, and options that win over what stands in it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from demeu.cli.score.unusable import Lang, json_path, refuse, said
from demeu.contracts.scoring import AssessRequest
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages

Answer = TypeVar("Answer")


def answered(
    file: Path,
    options: dict[str, str | None],
    answer: Callable[[AssessRequest, date], Answer],
) -> tuple[AssessRequest, Answer]:
    """The request that the file and the options `rules`, `on`, `lang` make, and what `answer` says to it.

    Ends with exit code 2 when the file cannot be used, 1 when a rule set is not what was released.
    """
    shown = options["lang"] or str(Lang.RU)
    asked = _read(file, shown)
    if isinstance(asked, dict):
        asked |= {name: option for name, option in options.items() if option is not None}
    try:
        if options["on"] is not None:
            date.fromisoformat(options["on"])
        request = AssessRequest.model_validate(asked)
        return request, answer(request, request.on or clock.today())
    except ValidationError as error:
        refuse(shown, [f"{json_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()])
    except ValueError:
        refuse(shown, [messages("report")["not_a_day"][shown].format(day=options["on"])])
    except Refusal as refusal:
        refuse(shown, said(refusal))
    except RuleSetChanged as error:
        _changed(error)


def _changed(error: RuleSetChanged) -> NoReturn:
    typer.echo(str(error), err=True)
    raise typer.Exit(1) from None


def _read(file: Path, lang: str) -> Any:
    """The parsed file; ends with exit code 2 and the place when it is not JSON."""
    words = messages("report")
    try:
        return json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        refuse(lang, [words["not_json"][lang].format(line=error.lineno, column=error.colno)])
    except (OSError, UnicodeDecodeError, RecursionError):
        refuse(lang, [f"{file}: {words['not_found'][lang]}"])
