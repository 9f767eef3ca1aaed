"""`demeu score synth`: writes a synthetic country as files of facts. Invented families, published proportions."""

import time
from pathlib import Path
from typing import Annotated

import typer

from demeu.cli.score.progress import long_work
from demeu.cli.score.unusable import Lang, day_of, ending_in_words
from demeu.scoring.trace import messages


def synth(
    households: Annotated[int, typer.Option(help="How many households; 6200000 is the whole country.")],
    out: Annotated[Path, typer.Option(help="Folder to write; must not exist or be empty.")],
    seed: Annotated[int, typer.Option(help="The same number and seed give the same files.")] = 0,
    nulls: Annotated[float, typer.Option(help="Factor on the shares of missing answers; 0 = all answered.")] = 1.0,
    faults: Annotated[int, typer.Option(help="Faulty rows of each kind, in households of their own.")] = 0,
    shuffle: Annotated[bool, typer.Option(help="References out of order, rows mixed within each row group.")] = False,
    iins: Annotated[bool, typer.Option(help="Also a file of identity numbers, apart from the facts.")] = False,
    on: Annotated[str | None, typer.Option(help="Day on which ages are as published; that of the marginals.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of what is printed.")] = Lang.RU,
) -> None:
    """A synthetic Kazakhstan: `households.parquet`, `persons.parquet`, `strata.parquet`."""
    from demeu.scoring.synth.country import write_country

    words = messages("country")
    as_of = day_of(on, lang)
    began = time.monotonic()
    with ending_in_words(lang, out, words), long_work() as line:
        heard = line(words["writing"][lang])
        write_country(
            households,
            seed,
            out.resolve(),
            nulls=nulls,
            faults=faults,
            shuffle=shuffle,
            iins=iins,
            as_of=as_of,
            progress=lambda done: heard(done / households, households),
        )
    seconds = f"{time.monotonic() - began:.1f}"
    typer.echo(words["written"][lang].format(out=out, households=households, seconds=seconds))
