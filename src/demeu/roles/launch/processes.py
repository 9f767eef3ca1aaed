"""Every process of a platform, as data, in the order in which they start; they stop in reverse."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from demeu.roles import topology

WEB, WORKER, EXTRA = "web", "worker", "extra"
START_ORDER = ("scoring", "sandbox", "vault", "treasury", "portal")


@dataclass(frozen=True)
class Process:
    """One child: ``role`` gives its settings, database and keys; ``probe`` how to see that it works."""

    name: str
    role: str
    kind: str
    module: str
    probe: str

    def command(self, ports: Mapping[str, int]) -> list[str]:
        """The command line, with the port where the module takes one."""
        port = [str(ports[self.name])] if self.kind == WEB else []
        return [sys.executable, "-m", self.module, *port]


def web(role: str) -> Process:
    """The role's pages and API on its own port."""
    return Process(role, role, WEB, "demeu.roles.launch.serve", "readyz")


def worker(role: str) -> Process:
    """The role's queue and periodic jobs."""
    return Process(f"{role}-worker", role, WORKER, "demeu.roles.worker", "readyz")


NCALAYER = Process("ncalayer", "sandbox", EXTRA, "demeu.sandbox.identity.ncalayer", "connect")
STREAMS = Process("portal-live", "portal", EXTRA, "demeu.roles.launch.streams", "healthz")
POSTBOX = Process("postbox", "sandbox", EXTRA, "demeu.sandbox.messages.postbox", "connect")


def processes(profile: str) -> list[Process]:
    """All processes of this profile; production has no sandbox, NCALayer or mail server of ours."""
    roles = [role for role in START_ORDER if profile != "production" or role != "sandbox"]
    webs = [web(role) for role in roles]
    workers = [worker(role) for role in roles if role in topology.WITH_DATABASE]
    return [*webs, *workers, STREAMS, *([NCALAYER, POSTBOX] if "sandbox" in roles else [])]


def port_order(all_processes: list[Process]) -> list[Process]:
    """The portal's port is the first one; the other ports follow in the order of the topology."""
    order = topology.PORT_OFFSETS
    return sorted(all_processes, key=lambda one: (one.kind != WEB, one.kind != EXTRA, order[one.role]))
