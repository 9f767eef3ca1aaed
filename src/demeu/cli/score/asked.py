"""The question of a command: a JSON file with a household, and options that win over what stands in it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from demeu.cli.score.reading import read_json
from demeu.cli.score.unusable import STOPPED, Lang, day_of, end, json_path, refuse, said
from demeu.contracts.scoring import AssessRequest
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.scoring.rule_sets import RuleSetChanged

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
    day_of(options["on"], shown)
    _, asked = read_json(file, shown)
    if isinstance(asked, dict):
        asked |= {name: option for name, option in options.items() if option is not None}
        shown = _language(asked.get("lang"), shown)
    try:
        request = AssessRequest.model_validate(asked)
        return request, answer(request, request.on or clock.today())
    except ValidationError as error:
        refuse(shown, [f"{json_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()])
    except Refusal as refusal:
        refuse(shown, said(refusal, shown))
    except RuleSetChanged as error:
        end(str(error), exit_code=STOPPED)


def _language(asked: Any, otherwise: str) -> str:
    return asked if asked in list(Lang) else otherwise
