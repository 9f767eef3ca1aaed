"""`demeu score changes`: which single fact, were it another, would change the category. Runs here; keeps nothing."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from demeu.cli.score.asked import answered
from demeu.cli.score.printing import paper, table_of
from demeu.cli.score.unusable import Lang
from demeu.contracts.scoring import Changes
from demeu.scoring.change_words import changes_of
from demeu.scoring.trace import messages

Words = dict[str, str]


def changes(
    file: Annotated[Path, typer.Argument(help="JSON with «household» and «persons».")],
    rules: Annotated[str | None, typer.Option(help="Rule-set id; the default one if not given.")] = None,
    on: Annotated[str | None, typer.Option(help="Assessment date, YYYY-MM-DD; today if not given.")] = None,
    lang: Annotated[Lang | None, typer.Option(help="Language of the answer.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
) -> None:
    """For each fact, the nearest single change that would move the category of one household."""
    options = {"rules": rules, "on": on, "lang": lang and str(lang)}
    request, found = answered(file, options, lambda asked, day: changes_of(asked, on=day))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, {name: text[request.lang] for name, text in messages("changes").items()})


def _show(found: Changes, words: Words) -> None:
    console = paper()
    console.print(words["standing"].format(n=found.category, total=found.total))
    if not found.complete:
        console.print(f"  {words['provisional']}")
    console.print(_table(found, words))
    fixed = dict.fromkeys(change.title for change in found.changes if not change.moves)
    movable = {change.title for change in found.changes if change.moves}
    console.print(f"{words['cannot']} {', '.join(title for title in fixed if title not in movable)}")


def _table(found: Changes, words: Words) -> Table:
    titles = [words[name] for name in ("fact", "member", "now", "needed", "category")]
    table = table_of(*titles, "", numbers=(words["category"],))
    for change in found.changes:
        whom, now = change.person_id or words["household"], change.now or words["unanswered"]
        for move in change.moves:
            table.add_row(change.title, whom, now, move.needed, str(move.category), words[move.support])
    return table
