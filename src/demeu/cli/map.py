"""``demeu map``: the operator's own boundaries of regions and districts.

Exit codes: 0 = imported, 1 = refused, 2 = the file cannot be read.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Import boundaries of regions and districts.")
UNUSABLE = 2


@app.callback()
def group() -> None:
    """Import boundaries of regions and districts."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="GeoJSON in WGS 84: all regions or all districts, property kato.")],
    credit: Annotated[str, typer.Option(help="Source and licence, shown beside the map.")],
) -> None:
    """Simplify the boundaries of FILE and show them on the map from now on."""
    from demeu.roles.launch.manage import run_command

    try:
        opened = file.open("rb")
    except OSError as error:
        typer.echo(f"{file} cannot be read: {error.strerror}", err=True)
        raise typer.Exit(UNUSABLE) from None
    with opened:
        # The role's own user need not be able to open the operator's file: it reads what this process opened.
        os.dup2(opened.fileno(), 0)
        code = run_command(os.environ, "portal", "import_boundaries", "--credit", credit)
    raise typer.Exit(1 if code else 0)
