"""`demeu treasury`: compare two published rules of allocation on a world drawn from a seed. Reads and keeps nothing.

Exit codes: 0 = compared, 2 = unusable input.
"""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from demeu.roles.launch.trouble import CannotStart

app = typer.Typer(no_args_is_help=True, help="Simulate the treasury.")
WIDTH = 120
TITLES = {
    "needs": "needs declared",
    "funded_ppm": "funded, of all that was asked for",
    "gini_ppm": "Gini of funding (0 = every need has the same share)",
    "filled": "needs filled",
    "unfilled": "needs not filled yet",
    "wait_median_days": "days until filled, median",
    "wait_ninth_decile_days": "days until filled, 9 of 10",
    "emergency_wait_median_days": "days until filled, emergencies",
    "region_spread_ppm": "best-funded region less worst-funded",
}


@app.callback()
def only_subcommands() -> None:
    """Simulate the treasury."""


@app.command()
def simulate(
    base: Annotated[str, typer.Option(help="Rule to compare with.")] = "2026-1",
    against: Annotated[str, typer.Option(help="Rule that is tried.")] = "2026-2",
    seed: Annotated[int, typer.Option(help="The same seed is the same world.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long.")] = 180,
    needs: Annotated[int, typer.Option(min=1, max=10_000, help="Needs a day.")] = 20,
    gifts: Annotated[int, typer.Option(min=0, max=100_000, help="Gifts a day.")] = 150,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Gini of funding and waiting times under two rules, on the same needs and gifts."""
    from demeu.treasury.allocation.rules import RULES
    from demeu.treasury.allocation.simulation import World, simulate

    for version in (base, against):
        if version not in RULES:
            raise CannotStart(f"There is no rule {version!r}.", f"Published: {', '.join(RULES)}.")
    world = World(seed=seed, days=days, needs_a_day=needs, gifts_a_day=gifts)
    outcomes = [simulate(world, RULES[version]).as_json() for version in (base, against)]
    if as_json:
        typer.echo(json.dumps({"seed": seed, "base": outcomes[0], "against": outcomes[1]}))
        return
    table = Table("", base, against, title=f"{days} days, {needs} needs and {gifts} gifts a day, seed {seed}")
    for name, title in TITLES.items():
        table.add_row(title, *(_shown(name, outcome[name]) for outcome in outcomes))
    Console(width=WIDTH).print(table)


def _shown(name: str, value: object) -> str:
    if name == "gini_ppm":
        return f"{int(str(value)) / 1_000_000:.3f}"
    return f"{int(str(value)) / 10_000:.1f} %" if name.endswith("_ppm") else str(value)
