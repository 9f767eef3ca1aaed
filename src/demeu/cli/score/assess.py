"""`demeu score assess`: one household from a JSON file. Runs in this process; keeps nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich import box
from rich.console import Console
from rich.table import Table

from demeu.cli.score.unusable import Lang, json_path, refuse, said
from demeu.contracts.scoring import Assessment, AssessRequest
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.scoring import assess as scoring
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages


def assess(
    file: Annotated[Path, typer.Argument(help="JSON with «household» and «persons».")],
    rules: Annotated[str | None, typer.Option(help="Rule-set id; the default one if not given.")] = None,
    on: Annotated[str | None, typer.Option(help="Assessment date, YYYY-MM-DD; today if not given.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="Language of the explanation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the assessment as JSON.")] = False,
) -> None:
    """Category, total, level and the reason of every indicator for one household."""
    shown = str(lang or Lang.RU)
    asked = _read(file, shown)
    for name, option in (("rules", rules), ("on", on), ("lang", lang)):
        if option is not None and isinstance(asked, dict):
            asked[name] = str(option)
    try:
        if on is not None:
            date.fromisoformat(on)
        request = AssessRequest.model_validate(asked)
        found = scoring.assess(request, on=request.on or clock.today())
    except ValidationError as error:
        refuse(shown, [f"{json_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()])
    except ValueError:
        refuse(shown, [messages("report")["not_a_day"][shown].format(day=on)])
    except Refusal as refusal:
        refuse(shown, said(refusal))
    except RuleSetChanged as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, request.lang)


def _read(file: Path, lang: str) -> Any:
    """The parsed file; ends with exit code 2 and the place when it is not JSON."""
    words = messages("report")
    try:
        return json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        refuse(lang, [words["not_json"][lang].format(line=error.lineno, column=error.colno)])
    except (OSError, UnicodeDecodeError, RecursionError):
        refuse(lang, [f"{file}: {words['not_found'][lang]}"])


def _show(found: Assessment, lang: str) -> None:
    words = {name: text[lang] for name, text in messages("report").items()}
    console = Console(highlight=False)
    console.print(f"{words['category']}: [bold]{found.category}[/bold]")
    if found.category_six.possible:
        console.print(f"  {found.category_six.reason}")
    if not found.complete:
        low, high = found.category_low, found.category_high
        ends = {"low": low, "high": high, "range_low": found.range_low, "range_high": found.range_high}
        console.print(f"  {words['provisional'].format(**ends)}")
    console.print(f"{words['total']}: {found.total}   {words['level']}: {found.level}")
    console.print(_table(found, words))
    console.print(f"* {words['unconfirmed']}")
    for source in dict.fromkeys(one.source for one in found.indicators):
        console.print(f"{words['source']}: {source}")
    console.print(f"{words['rule_set']}: {found.rule_set} sha256:{found.rule_set_hash}   {words['day']}: {found.on}")
    for row in found.rejected:
        console.print(f"{words['rejected']}: {row.table} {row.id} {row.field}: {row.reason}", markup=False)


def _table(found: Assessment, words: dict[str, str]) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("№", justify="right")
    table.add_column(words["indicator"])
    table.add_column(words["value"])
    table.add_column(words["points"], justify="right")
    table.add_column(words["reason"])
    for number, one in enumerate(found.indicators, start=1):
        points = str(one.points) if one.low == one.high else f"0 ({one.low}…{one.high})"
        title = one.title if one.confirmed else f"{one.title} *"
        table.add_row(str(number), title, one.value or "—", points, one.reason)
    return table
