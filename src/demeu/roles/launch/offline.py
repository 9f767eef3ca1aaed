"""Reaches the databases of a platform whether it runs or not, for backup, restore and commands of administration."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from demeu.roles import topology
from demeu.roles.launch.binaries import Programs, find_programs
from demeu.roles.launch.databases import given_urls, make_own_database, use_given_database
from demeu.roles.launch.environment import Plan
from demeu.roles.launch.folders import Folders, folders_from, make_folders
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.postgres import Cluster, database_home, own_cluster
from demeu.roles.launch.runfile import read_running, take_lock
from demeu.roles.launch.spawn import database_account
from demeu.roles.launch.trouble import CannotStart


@dataclass(frozen=True)
class Reached:
    """The databases by role, the secrets, and the PostgreSQL programs that fit the server."""

    plan: Plan
    secrets: Secrets
    programs: Programs

    @property
    def folders(self) -> Folders:
        """Where the platform keeps its data."""
        return self.plan.folders


def roles_of(profile: str) -> list[str]:
    """Roles with a database in this profile."""
    return [role for role in topology.WITH_DATABASE if profile != "production" or role != "sandbox"]


@contextmanager
def reach(environment: Mapping[str, str], *, alone: bool) -> Iterator[Reached]:
    """Yields the databases. ``alone`` refuses a running platform; otherwise a running one is used as it is."""
    folders = folders_from(environment)
    running = read_running(folders)
    if running and alone:
        raise CannotStart(f"Demeu runs at {running.url}.", "Stop it first with `make down`.")
    make_folders(folders)
    secrets, given = Secrets(folders.secrets_file), given_urls(environment)
    profile = environment.get("DEMEU_PROFILE", "demo")
    roles = roles_of(profile)
    own = [role for role in roles if role not in given]
    with nullcontext() if running else take_lock(folders):
        cluster = own_cluster(folders, secrets.get("database.demeu_admin")) if own else None
        try:
            if cluster and running:
                cluster.port = running.database_port or 0
            elif cluster:
                cluster.start()
            databases = {role: use_given_database(role, given[role], secrets) for role in roles if role in given}
            databases |= {role: make_own_database(cluster, role, secrets) for role in own if cluster}
            ports = running.ports if running else {}
            yield Reached(
                Plan(profile, folders, ports, databases, environment), secrets, programs_for(cluster, folders)
            )
        finally:
            if cluster and not running:
                cluster.stop()


def programs_for(cluster: Cluster | None, folders: Folders) -> Programs:
    """``pg_dump`` and ``pg_restore``: those of our own server, or any that are here for an operator's server."""
    if cluster:
        return cluster.programs
    account = database_account()
    return find_programs(wanted_major=None, copy_to=database_home(folders, account) / "programs", account=account)
