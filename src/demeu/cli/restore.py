"""``demeu restore DIR``."""

import os
from pathlib import Path
from typing import Annotated

import typer


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `demeu backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing present data.")] = False,
) -> None:
    """Put a backup in place of the present data; the platform must be stopped."""
    from demeu.roles.launch.backup import restore as put_back

    if not yes and not typer.confirm("Replace all present data of this platform?"):
        raise typer.Exit(1)
    put_back(os.environ, folder.resolve())
