"""The stages of a start, each one function: what it needs comes in, what the next one needs goes out."""

import signal
import time
from functools import partial
from pathlib import Path
from threading import Event

from demeu.kernel.signing import make_keys
from demeu.roles import topology
from demeu.roles.launch.databases import RoleDatabase, make_own_database, use_given_database
from demeu.roles.launch.environment import Plan, environment_of, owner_environment, role_environment
from demeu.roles.launch.fingerprint import Marks, demo_mark, schema_mark
from demeu.roles.launch.folders import Folders
from demeu.roles.launch.oneoff import Job, manage, run_together
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.ports import Ports
from demeu.roles.launch.postgres import Cluster, own_cluster
from demeu.roles.launch.processes import WEB, Process, port_order
from demeu.roles.launch.readiness import QUICK_ANSWER_S_MAX, accepts, answers
from demeu.roles.launch.supervisor import Child, Supervisor, child_of

LISTS_AGE_S_MAX = 6 * 3600


def choose_ports(ports: Ports, all_processes: list[Process], explicit: str | None) -> dict[str, int]:
    """The portal's port and, after it, one for every other process."""
    chosen: dict[str, int] = {}
    last = ports.take_first(explicit)
    for process in port_order(all_processes):
        chosen[process.name] = last if not chosen else ports.take_next(last + 1)
        last = chosen[process.name]
    return chosen


def use_databases(roles: list[str], given: dict[str, str], secrets: Secrets) -> dict[str, RoleDatabase]:
    """The databases that the operator gave, each of them tried."""
    return {role: use_given_database(role, given[role], secrets) for role in roles if role in given}


def start_server(folders: Folders, secrets: Secrets) -> Cluster:
    """The platform's own PostgreSQL, started."""
    cluster = own_cluster(folders, secrets.get("database.demeu_admin"))
    cluster.start()
    return cluster


def server_child(cluster: Cluster) -> Child:
    """The running server as a child to look after."""
    return Child(
        name="postgres",
        group="postgres",
        start=cluster.relaunch,
        answers=lambda: accepts(cluster.port),
        process=cluster.process,
        stop_signal=signal.SIGINT,
    )


def make_databases(roles: list[str], cluster: Cluster, secrets: Secrets) -> dict[str, RoleDatabase]:
    """A database on our own server for each of ``roles``."""
    return {role: make_own_database(cluster, role, secrets) for role in roles}


def bring_schemas_up(plan: Plan, secrets: Secrets, stop: Event) -> int:
    """Migrates, all roles at once, the databases whose schema is not the present one; how many there were."""
    marks, mark = Marks(plan.folders.fingerprint_file), schema_mark(plan.folders)
    stale = {role: one for role, one in plan.databases.items() if not marks.has("schema", one, mark)}
    jobs = [
        Job(f"migrate-{role}", [f"{__package__}.migrate", one.runtime_user], owner_environment(plan, secrets, role))
        for role, one in stale.items()
    ]
    run_together(jobs, plan.folders, stop)
    for one in stale.values():
        marks.remember("schema", one, mark)
    return len(stale)


def make_role_keys(folders: Folders) -> None:
    """The signing key of every role, made at first start; each role's folder holds its own and all public ones."""
    make_keys(folders.keys, topology.ROLES)


def prepare_sandbox(plan: Plan, secrets: Secrets, cast: str, stop: Event) -> None:
    """The sandbox's people, authorities and trust folder."""
    database, marks = plan.databases["sandbox"], Marks(plan.folders.fingerprint_file)
    mark = demo_mark(plan.folders, cast)
    if marks.has("sandbox", database, mark) and is_fresh(plan.folders.trust):
        return
    job = manage("prepare-sandbox", role_environment(plan, secrets, "sandbox"), "prepare_sandbox", cast)
    run_together([job], plan.folders, stop)
    marks.remember("sandbox", database, mark)


def is_fresh(trust: Path) -> bool:
    """Whether the revocation lists in the trust folder were written within the last hours: they expire."""
    written = max((file.stat().st_mtime for file in trust.glob("*")), default=0.0)
    return time.time() - written < LISTS_AGE_S_MAX


def load_demo(plan: Plan, secrets: Secrets, role: str, country: str, stop: Event) -> bool:
    """Loads the demo country into ``role``; false when this very country is already there."""
    database, marks = plan.databases[role], Marks(plan.folders.fingerprint_file)
    mark = demo_mark(plan.folders, country)
    if marks.has("demo", database, mark):
        return False
    job = manage(f"load-demo-{role}", role_environment(plan, secrets, role), "load_demo", country)
    run_together([job], plan.folders, stop)
    marks.remember("demo", database, mark)
    return True


def start_processes(plan: Plan, secrets: Secrets, all_processes: list[Process], supervisor: Supervisor) -> None:
    """Starts everything in order; nothing waits, because a caller retries until its dependency answers."""
    for process in all_processes:
        environment = environment_of(plan, secrets, process)
        group = process.name if process.kind == WEB else "background"
        asked = partial(answers, process, plan.ports[process.name], QUICK_ANSWER_S_MAX)
        supervisor.add(child_of(process.name, group, process.command(plan.ports), environment, plan.folders, asked))


def web_urls(plan: Plan, all_processes: list[Process]) -> dict[str, str]:
    """Addresses of the web processes, by role."""
    return {process.role: plan.address(process.role) for process in all_processes if process.kind == WEB}


def roles_with_database(all_processes: list[Process]) -> list[str]:
    """The roles of this profile that keep data."""
    here = {process.role for process in all_processes}
    return [role for role in topology.WITH_DATABASE if role in here]
