"""What each child process gets to know: its own database, keys and secrets, and nobody else's."""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from demeu.roles import topology
from demeu.roles.launch.databases import RoleDatabase, variable
from demeu.roles.launch.folders import Folders
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.processes import WORKER, Process

FROM_SYSTEM = ("PATH", "HOME", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
NEVER_PASSED_ON = ("DEMEU_PORT", "DEMEU_RESTART", "DEMEU_SECRET_KEY", "DEMEU_KEYS", "DEMEU_CONFORMANCE")


@dataclass(frozen=True)
class Plan:
    """What is decided before any child starts: profile, places, ports and databases."""

    profile: str
    folders: Folders
    ports: dict[str, int]
    databases: dict[str, RoleDatabase]
    given: Mapping[str, str]

    def address(self, name: str) -> str:
        """The address of a web process on this machine."""
        return self.given.get(f"DEMEU_URL_{name.upper()}") or f"http://127.0.0.1:{self.ports[name]}"

    @property
    def ncalayer(self) -> str | None:
        """The address of the sandbox NCALayer; none in production."""
        return f"ws://127.0.0.1:{self.ports['ncalayer']}" if "ncalayer" in self.ports else None


def is_for(role: str, name: str) -> bool:
    """Whether an operator's setting may be seen by ``role``: not another role's, not a database, not the launcher's."""
    others = tuple(f"DEMEU_{other.upper()}_" for other in topology.ROLES if other != role)
    return (
        name.startswith("DEMEU_")
        and not name.startswith(("DEMEU_DATABASE_URL_", *others))
        and name not in NEVER_PASSED_ON
    )


def watched_disks(folders: Folders) -> str:
    """The data folder and, where it lies elsewhere, that of the platform's own database server."""
    return ":".join(str(folder) for folder in (folders.var, folders.elsewhere) if folder.is_dir())


def role_environment(plan: Plan, secrets: Secrets, role: str) -> dict[str, str]:
    """The environment of every process of ``role`` that serves; it holds the runtime user's address only."""
    environment = {name: os.environ[name] for name in FROM_SYSTEM if name in os.environ}
    environment |= {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
    environment |= {name: value for name, value in plan.given.items() if is_for(role, name)}
    environment |= {
        "DJANGO_SETTINGS_MODULE": f"demeu.roles.settings.{role}",
        "DEMEU_PROFILE": plan.profile,
        "DEMEU_VAR": str(plan.folders.var),
        "DEMEU_DISKS": plan.given.get("DEMEU_DISKS") or watched_disks(plan.folders),
        "DEMEU_KEYS": str(plan.folders.keys / role),
        "DEMEU_SECRET_KEY": secret_key(plan, secrets, role),
    }
    environment |= {f"DEMEU_URL_{name.upper()}": plan.address(name) for name in topology.ROLES if name in plan.ports}
    if plan.ncalayer and role in ("portal", "sandbox"):
        environment.setdefault("DEMEU_NCALAYER_URL", plan.ncalayer)
        environment |= {"DEMEU_SANDBOX_NCALAYER_PORT": str(plan.ports["ncalayer"])} if role == "sandbox" else {}
    if role == "portal" and "portal-live" in plan.ports:
        environment |= live_environment(plan)
    if "postbox" in plan.ports and role in ("sandbox", "vault"):
        environment |= mail_environment(role, plan.ports["postbox"], plan.given)
    if role in plan.databases:
        environment[variable(role)] = plan.databases[role].runtime_url
    return environment


def live_environment(plan: Plan) -> dict[str, str]:
    """Where the streams of live pages listen; in the demo pages find them there, in production a proxy does."""
    port = plan.ports["portal-live"]
    found = {"DEMEU_PORTAL_LIVE_PORT": str(port)}
    if plan.profile != "production":
        found["DEMEU_PORTAL_LIVE_URL"] = plan.given.get("DEMEU_PORTAL_LIVE_URL", f"http://127.0.0.1:{port}")
    return found


def mail_environment(role: str, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """Where the sandbox mail server listens, and that vault hands its mail over there unless told otherwise."""
    if role == "sandbox":
        return {"DEMEU_SANDBOX_SMTP_PORT": str(port)}
    return {"DEMEU_VAULT_SMTP_URL": given.get("DEMEU_VAULT_SMTP_URL", f"smtp://127.0.0.1:{port}")}


def secret_key(plan: Plan, secrets: Secrets, role: str) -> str:
    """The role's Django secret: derived from the operator's one in production, made here otherwise."""
    given = plan.given.get("DEMEU_SECRET_KEY", "")
    if plan.profile == "production" and given:
        return hmac.new(given.encode(), f"django.{role}".encode(), "sha256").hexdigest()
    return secrets.get(f"django.{role}")


def environment_of(plan: Plan, secrets: Secrets, process: Process) -> dict[str, str]:
    """The environment of one process."""
    environment = role_environment(plan, secrets, process.role)
    if process.kind == WORKER:
        environment["DEMEU_WORKER_PORT"] = str(plan.ports[process.name])
    return environment


def owner_environment(plan: Plan, secrets: Secrets, role: str) -> dict[str, str]:
    """As above, but with the owner's address: for migrations only."""
    return role_environment(plan, secrets, role) | {variable(role): plan.databases[role].owner_url}
