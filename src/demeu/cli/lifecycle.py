"""``demeu up``, ``down`` and ``reset``."""

import os
from typing import Annotated

import typer

from demeu.roles.launch import down as stopping


def up() -> None:
    """Start the platform and keep it running until Ctrl-C. Progress and the address are printed."""
    from demeu.roles.launch.up import up as start

    start(os.environ)


def down() -> None:
    """Stop the platform of this checkout and wait until it is gone."""
    stopping.down(os.environ)


def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False) -> None:
    """Stop the platform, then remove its databases, keys, passwords and logs."""
    if not yes and not typer.confirm("Remove all data of this platform?"):
        raise typer.Exit(1)
    stopping.reset(os.environ)
