"""Databases and users of the roles: an owner that migrates and a runtime user that owns nothing.

A role's runtime user can connect to its own database only; no password is ever printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from demeu.roles import topology
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.postgres import Cluster
from demeu.roles.launch.trouble import CannotStart

SERVER_VERSION_MIN = 150000
CONNECT_S_MAX = 5
UNANSWERED_MS_MAX = 10_000


@dataclass(frozen=True)
class RoleDatabase:
    """Where one role's data is: ``owner_url`` migrates, ``runtime_url`` serves; equal when one user does both."""

    role: str
    owner_url: str
    runtime_url: str
    runtime_user: str

    @property
    def has_own_user(self) -> bool:
        """Whether the runtime user is another one than the owner."""
        return self.owner_url != self.runtime_url


def variable(role: str) -> str:
    """Name of the setting that gives ``role`` an existing database."""
    return f"DEMEU_DATABASE_URL_{role.upper()}"


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection in autocommit that gives up soon on a server that is gone."""
    return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_S_MAX, tcp_user_timeout=UNANSWERED_MS_MAX)


def make_own_database(cluster: Cluster, role: str, secrets: Secrets) -> RoleDatabase:
    """Makes what is missing of the database and the two users of ``role`` on the platform's own server."""
    database, owner, runtime = f"demeu_{role}", f"demeu_{role}_owner", f"demeu_{role}"
    passwords = {user: secrets.get(f"database.{user}") for user in (owner, runtime)}
    with connect(cluster.url("postgres")) as admin:
        admin.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
        for user, password in passwords.items():
            set_login(admin, user, password)
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(owner))
            )
        allow_only(admin, database, runtime)
    urls = {user: cluster.url(database, user, password) for user, password in passwords.items()}
    return RoleDatabase(role, urls[owner], urls[runtime], runtime)


def set_login(admin: psycopg.Connection[tuple[object, ...]], user: str, password: str) -> None:
    """Makes ``user`` or gives it this password; it can log in and nothing else."""
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user]).fetchone()
    verb = "ALTER" if known else "CREATE"
    admin.execute(
        sql.SQL(verb + " ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(user), sql.Literal(password)
        )
    )


def allow_only(admin: psycopg.Connection[tuple[object, ...]], database: str, runtime: str) -> None:
    """Takes CONNECT on ``database`` from everybody and gives it to ``runtime`` (its owner always has it)."""
    names = {"database": sql.Identifier(database), "runtime": sql.Identifier(runtime)}
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {runtime}").format(**names))


def use_given_database(role: str, url: str, secrets: Secrets) -> RoleDatabase:
    """Uses an operator's database. With CREATEROLE a runtime user is made, otherwise the given user serves too."""
    try:
        with connect(url) as given:
            return split_users(given, role, url, secrets)
    except psycopg.OperationalError as error:
        place = urlsplit(url)
        raise CannotStart(
            f"{variable(role)}: {place.hostname}:{place.port or 5432}{place.path} does not let us in "
            f"({str(error).strip().splitlines()[-1]}).",
            "Start that server, mend the address, or unset the variable and Demeu runs a server of its own.",
        ) from None
    except psycopg.ProgrammingError as error:
        raise CannotStart(f"{variable(role)}: {str(error).strip()}", "Mend the address of the database.") from None


def split_users(given: psycopg.Connection[tuple[object, ...]], role: str, url: str, secrets: Secrets) -> RoleDatabase:
    """Decides who migrates and who serves on an operator's server, and makes the runtime user where it may."""
    if given.info.server_version < SERVER_VERSION_MIN:
        raise CannotStart(
            f"{variable(role)}: PostgreSQL {given.info.server_version // 10000} is too old.",
            "Use PostgreSQL 15 or later.",
        )
    database = given.info.dbname
    owns = given.execute("SELECT pg_has_role(datdba, 'MEMBER') FROM pg_database WHERE datname = %s", [database])
    if owns.fetchone() == (True,):
        given.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
    may = given.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if may.fetchone() != (True,):
        return RoleDatabase(role, url, url, given.info.user)
    runtime = f"{database}_runtime"
    password = secrets.get(f"database.{runtime}")
    set_login(given, runtime, password)
    names = {"database": sql.Identifier(database), "runtime": sql.Identifier(runtime)}
    given.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {runtime}").format(**names))
    return RoleDatabase(role, url, with_user(url, runtime, password), runtime)


def with_user(url: str, user: str, password: str) -> str:
    """The same address for another user."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password, safe='')}@{place}"))


def database_identity(database: RoleDatabase) -> str:
    """Changes when the database was made anew: the server's identifier and the database's number."""
    with connect(database.owner_url) as connection:
        found = connection.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    return f"{found[0]}/{found[1]}"


def given_urls(environment: Mapping[str, str]) -> dict[str, str]:
    """The addresses that the operator set, by role."""
    return {role: environment[variable(role)] for role in topology.WITH_DATABASE if environment.get(variable(role))}
