"""`demeu score register`: the public register of the algorithm, as pages and as JSON. Runs in this process."""

from pathlib import Path
from typing import Annotated

import typer

from demeu.cli.score.unusable import STOPPED, Lang, end, refuse
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages


def register(
    out: Annotated[Path, typer.Option(help="A new or empty folder.")],
    lang: Annotated[Lang, typer.Option(help="Language of the messages.")] = Lang.RU,
) -> None:
    """Every rule, number, source, gap and change, for people (HTML) and machines (JSON), with a test kit."""
    from demeu.scoring.register.files import NotEmpty, write

    words = messages("report")
    try:
        written = write(out)
    except NotEmpty:
        refuse(lang, [words["not_empty"][lang].format(folder=out)])
    except OSError as error:
        refuse(lang, [words["not_written"][lang].format(file=out, reason=error.strerror)])
    except RuleSetChanged as error:
        end(str(error), exit_code=STOPPED)
    for path in written:
        typer.echo(out / path)
