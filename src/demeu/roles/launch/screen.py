"""What the operator sees while the platform starts: each stage with its time, then one address."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from demeu.roles.launch.trouble import CannotStart

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def stage(name: str) -> Iterator[list[str]]:
    """Shows a stage while it runs and its time when done; texts put into the list are shown beside it."""
    began = time.monotonic()
    notes: list[str] = []
    with console.status(f"{name} …"):
        yield notes
    seconds = time.monotonic() - began
    console.print(f"  [green]✓[/green] {name:<28} {seconds:6.1f} s   [dim]{escape('; '.join(notes))}[/dim]")


def say(text: str) -> None:
    """One line with the time of day, for what happens while the platform runs."""
    console.print(f"  {time.strftime('%H:%M:%S')}  {text}")


def show_trouble(trouble: CannotStart) -> None:
    """What is wrong, and below it what mends it."""
    errors.print(f"[red]✗[/red] {escape(trouble.wrong)}")
    errors.print(f"  [bold]Fix:[/bold] {escape(trouble.fix)}")


def show_addresses(rows: list[tuple[str, str]], sign_ins: list[tuple[str, str, str]]) -> None:
    """The table of pages, and who can sign in with what."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for name, address in rows:
        table.add_row(name, f"[bold]{address}[/bold]")
    console.print()
    console.print(table)
    if sign_ins:
        people = Table("Demo sign-in", "Role", "How", box=None, padding=(0, 2, 0, 2), header_style="dim")
        for row in sign_ins:
            people.add_row(*row)
        console.print()
        console.print(people)
