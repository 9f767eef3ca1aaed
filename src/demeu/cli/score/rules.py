"""`demeu score rules`: the released rule sets with the sha256 of each."""

from typing import Annotated

import typer

from demeu.cli.score.unusable import STOPPED, Lang, end
from demeu.contracts.scoring import RuleSets
from demeu.scoring import assess as scoring
from demeu.scoring.rule_sets import RuleSetChanged


def list_rules(
    lang: Annotated[Lang, typer.Option(help="Language of the titles.")] = Lang.RU,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """The released rule sets with the sha256 of each; the default one is marked with a star."""
    try:
        found: RuleSets = scoring.rule_sets(str(lang))
    except RuleSetChanged as error:
        end(str(error), exit_code=STOPPED)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    for one in found.rule_sets:
        star = "*" if one.default else " "
        typer.echo(f"{star} {one.id}  {one.released}  sha256:{one.hash}\n    {one.title}")
