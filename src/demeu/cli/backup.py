"""``demeu backup DIR``."""

import os
from pathlib import Path
from typing import Annotated

import typer


def backup(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Write all databases, keys and log files into FOLDER; the platform may run meanwhile."""
    from demeu.roles.launch.backup import backup as write

    write(os.environ, folder.resolve())
