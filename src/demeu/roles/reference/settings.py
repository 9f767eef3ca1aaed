"""The page of settings: every environment variable that a role or the launcher reads, with default and meaning."""

import os
from pathlib import Path

from demeu.roles import topology
from demeu.roles.launch.databases import variable
from demeu.roles.launch.declared import settings_of
from demeu.roles.reference.markdown import page, table

INTRODUCTION = """
Everything is set by environment variables; there is no settings file. `.` stands for the checkout. A role sees the
variables of its own name, the common ones and no other role's. A default of «required» means that the role does not
start without it; under `make up` the launcher sets those itself. `demeu doctor` says what is unset.
"""
OF_LAUNCHER = {
    "DEMEU_PORT": ("8000 or the next free", "port of the portal, the others follow it; a busy port is then an error"),
    "DEMEU_RESTART": ("1", "0: a process that dies is not started again"),
    "DEMEU_CONFORMANCE": ("", "folder of the public conformance files; used by tests only"),
}
NOWHERE = "postgresql://nobody@127.0.0.1:9/nothing"


def declared() -> dict[str, dict[str, dict[str, str | None]]]:
    """For each role its settings by name, read in a process of its own with no setting of the caller's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    known = {}
    for role in topology.ROLES:
        database = {variable(role): NOWHERE} if role in topology.WITH_DATABASE else {}
        known[role] = settings_of(role, kept | database)
    return known


def settings_page(root: Path) -> str:
    """`settings.md`: what all roles share, what each has of its own, what the launcher reads."""
    known = declared()
    shared = set.intersection(*(set(settings) for settings in known.values()))
    rows = [_row(name, known["scoring"][name], root, "scoring") for name in sorted(shared)]
    parts = [INTRODUCTION, "## Every role\n\n" + table(("setting", "default", "what for"), rows)]
    for role, settings in known.items():
        own = [_row(name, settings[name], root) for name in sorted(settings) if name not in shared]
        if own:
            parts.append(f"## {role.capitalize()}\n\n" + table(("setting", "default", "what for"), own))
    launcher = [(f"`{name}`", default or "—", words) for name, (default, words) in OF_LAUNCHER.items()]
    parts.append("## The launcher\n\n" + table(("setting", "default", "what for"), launcher))
    return page("Settings", *parts)


def _row(name: str, one: dict[str, str | None], root: Path, role: str = "") -> tuple[str, str, str]:
    """One setting; in a default that all roles share, the name of the `role` that told it stands as `<role>`."""
    default = one["default"]
    if default and role:
        default = default.replace(f"/keys/{role}", "/keys/<role>")
    shown = "required" if default is None else f"`{default.replace(str(root), '.')}`" if default else "—"
    return f"`{name}`", shown, one["help"] or ""
