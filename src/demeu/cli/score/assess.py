"""`demeu score assess`: one household from a JSON file. Runs in this process; keeps nothing unless asked to save."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from demeu.cli.score.asked import answered
from demeu.cli.score.printing import paper, table_of
from demeu.cli.score.saving import save_new
from demeu.cli.score.unusable import Lang
from demeu.contracts.scoring import Assessment
from demeu.scoring.replay import canonical, decide
from demeu.scoring.trace import messages


def assess(
    file: Annotated[Path, typer.Argument(help="JSON with «household» and «persons».")],
    rules: Annotated[str | None, typer.Option(help="Rule-set id; the default one if not given.")] = None,
    on: Annotated[str | None, typer.Option(help="Assessment date, YYYY-MM-DD; today if not given.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="Language of the explanation.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the assessment as JSON.")] = False,
    save: Annotated[
        Path | None, typer.Option(help="Write the decision to a new file, for `demeu score replay`.")
    ] = None,
) -> None:
    """Category, total, level and the reason of every indicator for one household."""
    options = {"rules": rules, "on": on, "lang": lang and str(lang)}
    request, decision = answered(file, options, lambda asked, day: decide(asked, on=day))
    found = decision.result
    if save is not None:
        save_new(save, canonical(decision), request.lang)
        typer.echo(messages("report")["saved"][request.lang].format(file=save), err=True)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, request.lang)


def _show(found: Assessment, lang: str) -> None:
    words = {name: text[lang] for name, text in messages("report").items()}
    console = paper()
    console.print(f"{words['category']}: {found.category}", style="bold")
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
        console.print(f"{words['rejected']}: {row.table} {row.id} {row.field}: {row.reason}")


def _table(found: Assessment, words: dict[str, str]) -> Table:
    titles = ("№", words["indicator"], words["value"], words["points"], words["reason"])
    table = table_of(*titles, numbers=("№", words["points"]))
    for number, one in enumerate(found.indicators, start=1):
        points = str(one.points) if one.low == one.high else f"0 ({one.low}…{one.high})"
        title = one.title if one.confirmed else f"{one.title} *"
        table.add_row(str(number), title, one.value or "—", points, one.reason)
    return table
