"""The ``demeu`` command: a tree of subcommands, of which only the one that is called is imported.

Exit codes: 0 yes, 1 no, 2 unusable input or nothing running.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer

from demeu.roles.launch.screen import show_trouble
from demeu.roles.launch.trouble import CannotStart


@dataclass(frozen=True)
class Subcommand:
    """``module`` offers a function of the subcommand's name, or ``app``, a Typer with commands of its own."""

    module: str
    help: str


SUBCOMMANDS = {
    "up": Subcommand("demeu.cli.lifecycle", "Start the platform and keep it running in the foreground."),
    "down": Subcommand("demeu.cli.lifecycle", "Stop the platform of this checkout."),
    "reset": Subcommand("demeu.cli.lifecycle", "Stop the platform and remove all its data."),
    "doctor": Subcommand("demeu.cli.doctor", "Say what is unset, what is down, what production refuses."),
    "admin": Subcommand("demeu.cli.admin", "Invite the first administrator, staff, NGOs, suppliers."),
    "backup": Subcommand("demeu.cli.backup", "Write databases, keys and log files into a folder."),
    "restore": Subcommand("demeu.cli.restore", "Put a backup in place of the present data."),
    "story": Subcommand("demeu.cli.story", "Play one need from sign-in to report on the running platform."),
    "score": Subcommand("demeu.cli.score", "Assess households by the criteria."),
    "books": Subcommand("demeu.cli.books", "Check the ledger; export it for other bookkeeping programs."),
    "log": Subcommand("demeu.cli.log", "Verify receipts against the transparency log, offline."),
    "eds": Subcommand("demeu.cli.eds", "Verify an electronic digital signature."),
    "map": Subcommand("demeu.cli.map", "Import boundaries of regions and districts."),
    "treasury": Subcommand("demeu.cli.treasury", "Simulate the treasury."),
}


def present() -> dict[str, Subcommand]:
    """The subcommands whose module is there."""
    return {name: one for name, one in SUBCOMMANDS.items() if importlib.util.find_spec(one.module)}


def named_only() -> None:
    """Stands for a subcommand that is listed but not the one called."""


def tree(called: str | None) -> typer.Typer:
    """All subcommands by name and help line; only ``called`` has its body."""
    app = typer.Typer(
        name="demeu", no_args_is_help=True, add_completion=False, help="Demeu: from a need to its delivery."
    )
    for name, one in present().items():
        if name != called:
            app.command(name, help=one.help)(named_only)
            continue
        module = importlib.import_module(one.module)
        function: Callable[..., object] | None = getattr(module, name, None)
        if callable(function):
            app.command(name)(function)
        else:
            app.add_typer(module.app, name=name, help=one.help)
    return app


def main() -> None:
    """Runs the command line and ends the program with its exit code."""
    called = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        tree(called)(prog_name="demeu")
    except CannotStart as trouble:
        show_trouble(trouble)
        sys.exit(2)
