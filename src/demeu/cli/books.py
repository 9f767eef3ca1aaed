"""`demeu books`: check the treasury's ledger, export it. Runs the treasury's own commands in a process of their own.

Exit codes: 0 = all promises hold, 1 = one is broken, 2 = nothing runs or the input is unusable.
"""

import os
import subprocess
import sys
from enum import StrEnum
from typing import Annotated

import typer

from demeu.roles.launch.folders import Folders, folders_from
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.runfile import read_running
from demeu.roles.launch.trouble import CannotStart

DATABASE = "DEMEU_DATABASE_URL_TREASURY"
app = typer.Typer(no_args_is_help=True, help="Check the ledger; export it for other bookkeeping programs.")


class Format(StrEnum):
    """Formats of the export."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    CSV = "csv"


@app.command()
def check() -> None:
    """Run every invariant; each is named with «ok» or «BROKEN»."""
    _run("books_check")


@app.command()
def export(
    format_: Annotated[Format, typer.Option("--format", help="Which program shall read it.")] = Format.HLEDGER,
) -> None:
    """Write the whole ledger to standard output."""
    _run("books_export", format_.value)


def _run(*command: str) -> None:
    folders = folders_from(os.environ)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    environment = kept | {
        "DJANGO_SETTINGS_MODULE": "demeu.roles.settings.treasury",
        "DEMEU_VAR": str(folders.var),
        "DEMEU_LOG_LEVEL": "WARNING",
        DATABASE: os.environ.get(DATABASE) or _own_database(folders),
    }
    ended = subprocess.run([sys.executable, "-m", "django", *command], env=environment, check=False)
    raise typer.Exit(ended.returncode if ended.returncode in (0, 1) else 2)


def _own_database(folders: Folders) -> str:
    """The treasury's database on the server that the running platform started; read-only use by its runtime user."""
    running = read_running(folders)
    if running is None or running.database_port is None:
        raise CannotStart("Demeu is not running.", f"Start it with `make up`, or set {DATABASE}.")
    password = Secrets(folders.secrets_file).get("database.demeu_treasury")
    return f"postgresql://demeu_treasury:{password}@127.0.0.1:{running.database_port}/demeu_treasury"
