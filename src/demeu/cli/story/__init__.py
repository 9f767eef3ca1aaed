"""`demeu story`: one need becomes verified, funded, delivered help, replayed on the running platform as people do it.

Speaks only HTTP to the pages and the NCALayer WebSocket; knows no database and imports no service.
"""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from demeu.cli.story.play import Played, play
from demeu.cli.story.stage import Stage
from demeu.roles.launch.folders import folders_from
from demeu.roles.launch.runfile import read_running


def story(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array instead of a table.")] = False,
    url: Annotated[str, typer.Option(help="Address of the site; found by itself when it runs here.")] = "",
    sandbox: Annotated[str, typer.Option(help="Address of the sandbox; found by itself when it runs here.")] = "",
    keep: Annotated[
        Path | None, typer.Option(help="Folder for the receipt and the proof; kept nowhere otherwise.")
    ] = None,
) -> None:
    """Play one need from sign-in to report on the running platform; non-zero exit at the first false step."""
    if not (url and sandbox):
        running = read_running(folders_from(os.environ))
        if running is None or not running.ready:
            typer.echo(
                "Demeu is not running here. Fix: run `make up` in another terminal, or name --url and --sandbox.",
                err=True,
            )
            raise typer.Exit(2)
        url, sandbox = url or running.url, sandbox or running.urls["sandbox"]
    stage = Stage(url, sandbox, keep)
    try:
        played = play(stage, tell=None if as_json else _tell)
    finally:
        stage.close()
    if as_json:
        sys.stdout.write(json.dumps([step.as_json() for step in played], ensure_ascii=False, indent=1) + "\n")
    if not all(step.ok for step in played):
        raise typer.Exit(1)


def _tell(step: Played) -> None:
    mark = "✓" if step.ok else "✗"
    typer.echo(f"  {mark} {step.step:<12} {step.seconds:6.1f} s   {step.detail}")
