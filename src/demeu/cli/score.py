"""`demeu score`: assess one household from a JSON file, list the rule sets. Runs in this process; keeps nothing.

Exit codes: 0 = assessed, 1 = the rule sets are not what was released, 2 = unusable input, with its JSON path named.
"""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich import box
from rich.console import Console
from rich.table import Table

from demeu.contracts.scoring import Assessment, AssessRequest, RuleSets
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.scoring import assess as scoring
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages

UNUSABLE = 2
app = typer.Typer(no_args_is_help=True, help="Assess households by the published criteria.")


class Lang(StrEnum):
    """Languages of the explanation."""

    KK = "kk"
    RU = "ru"
    EN = "en"


@app.command()
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
        _refuse(shown, [f"{_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()])
    except ValueError:
        _refuse(shown, [messages("report")["not_a_day"][shown].format(day=on)])
    except Refusal as refusal:
        _refuse(shown, _said(refusal))
    except RuleSetChanged as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, request.lang)


@app.command("rules")
def list_rules(
    lang: Annotated[Lang, typer.Option(help="Language of the titles.")] = Lang.RU,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """The released rule sets with the sha256 of each; the default one is marked with a star."""
    try:
        found: RuleSets = scoring.rule_sets(str(lang))
    except RuleSetChanged as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    for one in found.rule_sets:
        star = "*" if one.default else " "
        typer.echo(f"{star} {one.id}  {one.released}  sha256:{one.hash}\n    {one.title}")


def _read(file: Path, lang: str) -> Any:
    """The parsed file; ends with exit code 2 and the place when it is not JSON."""
    words = messages("report")
    try:
        return json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        _refuse(lang, [words["not_json"][lang].format(line=error.lineno, column=error.colno)])
    except (OSError, UnicodeDecodeError, RecursionError):
        _refuse(lang, [f"{file}: {words['not_found'][lang]}"])


def _refuse(lang: str, faults: list[str]) -> NoReturn:
    typer.echo("\n  ".join([messages("report")["unusable"][lang], *faults]), err=True)
    raise typer.Exit(UNUSABLE)


def _said(refusal: Refusal) -> list[str]:
    """Each fault with its JSON path; for other refusals the code and its facts."""
    faults = refusal.facts.get("faults")
    if isinstance(faults, list):
        return [f"$.{fault}" for fault in faults]
    return [refusal.code + "".join(f" {name}={fact}" for name, fact in refusal.facts.items())]


def _path(place: tuple[int | str, ...]) -> str:
    """A JSON path: `$.persons[1].birth_date`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)


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
