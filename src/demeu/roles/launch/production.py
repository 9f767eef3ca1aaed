"""What must not be in production: sandbox keys, sandbox addresses, demo secrets. ``up`` and ``doctor`` both ask."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from demeu.roles import topology
from demeu.roles.launch.databases import variable
from demeu.roles.launch.declared import settings_of
from demeu.roles.launch.folders import folders_from
from demeu.roles.launch.trouble import CannotStart

MARKS = ("sandbox", "not-secret")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRET_LENGTH_MIN = 32
OWN_MACHINE = ("DEMEU_NCALAYER_URL",)
ASKED_APART = ("DEMEU_URL_SANDBOX", "DEMEU_SECRET_KEY")
NOTHING = "postgresql://nobody@127.0.0.1:1/nothing"


def unfit(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Everything that keeps this environment from production: what is wrong, and how to mend it."""
    found = list(unfit_secret(environment)) + list(unfit_databases(environment)) + list(unfit_trust(environment))
    for role in topology.ROLES:
        if role != "sandbox":
            found += [one for one in unfit_settings(role, environment) if one not in found]
    return found


def unfit_secret(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The operator's own secret is there and long."""
    if len(environment.get("DEMEU_SECRET_KEY", "")) < SECRET_LENGTH_MIN:
        yield "DEMEU_SECRET_KEY is unset or short.", f"Set it to a random text of {SECRET_LENGTH_MIN} letters or more."


def unfit_databases(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every role has a database of the operator's, and no two share a user."""
    users: dict[str, str] = {}
    for role in topology.WITH_DATABASE:
        url = environment.get(variable(role))
        if role == "sandbox":
            continue
        if not url:
            yield f"{variable(role)} is unset.", "Give every role a database on a server with backups."
            continue
        parts = urlsplit(url)
        user = f"{parts.username}@{parts.hostname}:{parts.port}"
        if user in users:
            yield f"{role} and {users[user]} share a database user.", "Give each role a user of its own."
        users[user] = role


def unfit_settings(role: str, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Settings that still hold what the sandbox gave them, or outside addresses on this machine."""
    known = settings_of(role, production_environment(role, environment))
    for name, setting in known.items():
        value = (setting["value"] or "").lower()
        sandbox = urlsplit(known["DEMEU_URL_SANDBOX"]["value"] or "").netloc
        demo = any(mark in value for mark in MARKS) or (bool(sandbox) and urlsplit(value).netloc == sandbox)
        outside = not name.startswith(("DEMEU_URL_", "DEMEU_DATABASE_URL_")) and name not in OWN_MACHINE
        local = outside and name.endswith("_URL") and urlsplit(value).hostname in LOOPBACK
        if name not in ASKED_APART and (demo or local):
            yield f"{name} is unset or points at the sandbox.", f"Set it: {setting['help']}."
    ncalayer = known.get("DEMEU_NCALAYER_URL", {}).get("value") or "wss:"
    if not ncalayer.startswith("wss:"):
        yield "DEMEU_NCALAYER_URL is not wss.", "Unset it: visitors' NCALayer answers at wss://127.0.0.1:13579."


def production_environment(role: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment in which the settings of ``role`` are read; a missing database is another finding."""
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    base |= {name: value for name, value in environment.items() if name.startswith("DEMEU_")}
    return {variable(role): NOTHING, **base, "DEMEU_PROFILE": "production"}


def unfit_trust(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """No authority of the sandbox is trusted, and none of its keys signs for us."""
    trust = Path(environment.get("DEMEU_VAULT_TRUST") or folders_from(environment).trust)
    for file in sorted(trust.rglob("*")):
        if file.is_file() and b"SANDBOX" in file.read_bytes().upper():
            yield f"{file} is of the sandbox.", "Remove it; put the certificates of the national authority there."
    folder = folders_from(environment).keys
    if folder.exists() and folder.stat().st_mode & 0o077:
        yield f"{folder} can be read by others.", f"chmod 700 {folder}"


def require_fit(environment: Mapping[str, str]) -> None:
    """Refuses to start in production with anything of the sandbox; names all of it at once."""
    found = unfit(environment)
    if found:
        text = "\n".join(f"    {wrong} {fix}" for wrong, fix in found)
        raise CannotStart(f"Not fit for production:\n{text}\n ", "Mend these; `demeu doctor` shows them again.")
