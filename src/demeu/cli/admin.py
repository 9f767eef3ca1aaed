"""``demeu admin``: what the operator does for people who have no account yet, and on the day of an incident."""

import os
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Invite and revoke, rotate keys, list whom an incident touched.")


@app.callback()
def group() -> None:
    """Invite and revoke, rotate keys, list whom an incident touched."""


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


@app.command()
def revoke(
    person: Annotated[str, typer.Argument(help="Reference of the person, as the trail and the audit name it.")],
    role: Annotated[str, typer.Argument(help="A role, or all.")] = "all",
) -> None:
    """Take ROLE back from a person: the next page they ask for is refused."""
    _run("portal", "revoke", person, role)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def rotate_keys(context: typer.Context) -> None:
    """Rotate keys of sealed fields: FIELD…, --all, --progress, --retire FIELD…."""
    _run("vault", "rotate_keys", *context.args)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def people_touched(context: typer.Context) -> None:
    """List whom an incident touched: --since TIME [--until TIME] [--actor …] [--with-contacts] FILE."""
    _run("vault", "people_touched", *context.args)


@app.command()
def import_list(
    name: Annotated[str, typer.Argument(help="Name of the sanctions list, for example un; its newest file counts.")],
) -> None:
    """Import a sanctions list from standard input: our lines, CSV, or XML of the United Nations' form."""
    _run("vault", "import_list", name)


def _run(role: str, *arguments: str) -> None:
    from demeu.roles.launch.manage import run_command

    raise typer.Exit(1 if run_command(os.environ, role, *arguments) else 0)
