"""The walls between services are real in PostgreSQL and in the running processes, not only in the text of the code."""

import json
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from demeu.roles import topology
from demeu.roles.launch.live import LivePlatform

ROLES = topology.WITH_DATABASE
FOREIGN = [(user, other) for user in ROLES for other in ROLES if user != other]


def in_database(url: str, database: str) -> str:
    """The same user and server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@pytest.mark.parametrize(("user", "other"), FOREIGN)
def test_a_roles_database_user_cannot_connect_to_another_roles_database(
    platform: LivePlatform, user: str, other: str
) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(in_database(platform.database_url(user), f"demeu_{other}"))


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_database_user_can_connect_to_its_own_database_only_there(platform: LivePlatform, role: str) -> None:
    with psycopg.connect(platform.database_url(role)) as own:
        assert own.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(in_database(platform.database_url(role), "postgres"))


def append_only_tables(connection: psycopg.Connection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tables with the append-only trigger, each with one of its columns."""
    found = connection.execute(
        "SELECT DISTINCT relname, attname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1"
        " WHERE tgname LIKE 'pgtrigger_append_only%' ORDER BY 1"
    )
    return list(found)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "change", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table}"]
)
def test_the_running_service_can_neither_change_nor_remove_rows_of_append_only_tables(
    platform: LivePlatform, role: str, change: str
) -> None:
    with psycopg.connect(platform.database_url(role), autocommit=True) as own:
        tables = append_only_tables(own)
        assert "kernel_audit" in dict(tables)
        for table, column in tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(change.format(table=f'"{table}"', column=f'"{column}"'))


@pytest.mark.parametrize("role", ROLES)
def test_even_the_owner_cannot_change_rows_of_append_only_tables(platform: LivePlatform, role: str) -> None:
    with psycopg.connect(platform.database_url(role, owner=True)) as owner:
        for table, _column in append_only_tables(owner):
            count = owner.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            if count and count[0]:
                with pytest.raises(psycopg.DatabaseError, match="append_only"), owner.transaction():
                    owner.execute(f'DELETE FROM "{table}"')


@pytest.mark.parametrize("role", ROLES)
def test_the_running_service_cannot_alter_tables(platform: LivePlatform, role: str) -> None:
    with psycopg.connect(platform.database_url(role)) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute("DROP TABLE kernel_audit")


def environment_of(pid: int) -> dict[str, str]:
    """The environment that a process was started with."""
    parts = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return dict(part.decode().split("=", 1) for part in parts if b"=" in part)


def test_each_process_knows_only_its_own_database_and_keys(platform: LivePlatform) -> None:
    running = platform.running
    for name, pid in running.pids.items():
        role = name.partition("-")[0].replace("ncalayer", "sandbox").replace("postbox", "sandbox")
        known = environment_of(pid)
        databases = {variable for variable in known if variable.startswith("DEMEU_DATABASE_URL_")}
        expected = {f"DEMEU_DATABASE_URL_{role.upper()}"} if role in ROLES else set()
        assert databases == expected, name
        if name != "postgres":
            assert known["DEMEU_KEYS"] == str(platform.folders.keys / role)
            public = json.loads((platform.folders.keys / role / "public.json").read_text())
            assert set(public) == set(topology.ROLES)
            assert not any("d" in key for key in public.values()), "a private part among the public keys"


def test_no_secret_of_the_platform_is_readable_by_others(platform: LivePlatform) -> None:
    assert platform.folders.secrets_file.stat().st_mode & 0o077 == 0
    assert platform.folders.keys.stat().st_mode & 0o077 == 0
    assert platform.folders.logs.stat().st_mode & 0o077 == 0
