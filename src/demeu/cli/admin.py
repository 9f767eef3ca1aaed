"""``demeu admin``: what the operator does for people who have no account yet."""

import os
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Invite the first administrator, staff, NGOs, suppliers.")


@app.callback()
def group() -> None:
    """Invite the first administrator, staff, NGOs, suppliers."""


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="For example operator, fund_staff, curator, ngo_admin, supplier.")],
    region: Annotated[list[str] | None, typer.Option(help="Two digits of КАТО; may be given more than once.")] = None,
    organization: Annotated[str, typer.Option(help="Name of the NGO, supplier or institution.")] = "",
) -> None:
    """Print a link with which one person takes ROLE. The link is shown only now."""
    from demeu.roles.launch.manage import run_command

    options = [part for one in region or [] for part in ("--region", one)]
    options += ["--organization", organization] if organization else []
    raise typer.Exit(1 if run_command(os.environ, "portal", "invite", role, *options) else 0)
