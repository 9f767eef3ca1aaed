"""Our own PostgreSQL: from the system or from the wheel, for root and for others, wherever the checkout lies."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from demeu.roles.launch import binaries, postgres
from demeu.roles.launch.binaries import MAJOR_MIN, Programs, find_programs
from demeu.roles.launch.databases import connect, make_own_database
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.postgres import Cluster, own_cluster
from demeu.roles.launch.spawn import database_account
from demeu.roles.launch.trouble import CannotStart


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Folders]:
    """Folders in a private place, as a checkout below the home of root is."""
    found = Folders(root=tmp_path, var=tmp_path / "var")
    make_folders(found)
    yield found
    shutil.rmtree(found.elsewhere, ignore_errors=True)


@pytest.fixture
def only_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a PostgreSQL of its own."""
    monkeypatch.setattr(binaries, "system_folders", list)


def started(folders: Folders) -> Cluster:
    cluster = own_cluster(folders, "secret")
    cluster.start()
    return cluster


def test_the_server_answers_by_password_on_loopback_only(folders: Folders) -> None:
    cluster = started(folders)
    try:
        with psycopg.connect(cluster.url("postgres")) as connection:
            shown = {
                name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
                for name in ("listen_addresses", "unix_socket_directories", "data_checksums", "password_encryption")
            }
        assert shown == {
            "listen_addresses": ("127.0.0.1",),
            "unix_socket_directories": ("",),
            "data_checksums": ("on",),
            "password_encryption": ("scram-sha-256",),
        }
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(cluster.url("postgres", password="wrong"))
    finally:
        cluster.stop()


def test_data_survives_a_stop_and_the_port_may_change(folders: Folders) -> None:
    cluster = started(folders)
    with connect(cluster.url("postgres")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    cluster.stop()
    again = started(folders)
    try:
        with connect(again.url("postgres")) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    finally:
        again.stop()


@pytest.mark.usefixtures("only_the_wheel")
def test_the_wheels_programs_serve_where_the_system_has_none(folders: Folders) -> None:
    cluster = started(folders)
    try:
        assert cluster.programs.origin == "wheel"
        with connect(cluster.url("postgres")) as connection:
            assert connection.info.server_version // 10000 == cluster.programs.major
    finally:
        cluster.stop()


def test_wheel_programs_that_the_database_user_cannot_run_are_copied(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, source = database_account(), binaries.wheel_site()
    assert source is not None
    private = tmp_path / "private"
    for part in binaries.WHEEL_PARTS:
        shutil.copytree(source / part, private / part, symlinks=True)
    (private / binaries.WHEEL_PROGRAMS / "postgres").chmod(0o600)
    monkeypatch.setattr(binaries, "wheel_site", lambda: private)
    home = postgres.database_home(folders, account)
    copied = binaries.wheel_folder(home / "programs", account)
    assert copied == home / "programs" / binaries.WHEEL_PROGRAMS
    (copied / "postgres").chmod(0o755)
    assert binaries.major_version(copied, account) is not None


def test_a_data_folder_is_only_served_by_its_own_version(folders: Folders) -> None:
    account = database_account()
    with pytest.raises(CannotStart) as refused:
        find_programs(wanted_major=9, copy_to=folders.var, account=account)
    assert "PostgreSQL 9" in refused.value.wrong
    assert "postgresql-9" in refused.value.fix


def test_without_any_postgresql_the_error_names_three_ways_out(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "system_folders", list)
    monkeypatch.setattr(binaries, "wheel_site", lambda: None)
    with pytest.raises(CannotStart, match="--extra local") as refused:
        find_programs(wanted_major=None, copy_to=folders.var, account=database_account())
    assert "DEMEU_DATABASE_URL_" in refused.value.fix


def test_a_half_made_data_folder_is_removed(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "INITDB_OPTIONS", ("--no-such-option",))
    with pytest.raises(CannotStart, match="initdb failed"):
        own_cluster(folders, "secret")
    home = postgres.database_home(folders, database_account())
    assert not (home / "pg").exists()


def test_system_programs_are_at_least_the_least_version() -> None:
    found = find_programs(wanted_major=None, copy_to=Path("/nonexistent"), account=database_account())
    assert isinstance(found, Programs)
    assert found.major >= MAJOR_MIN


def test_users_are_made_once_and_reach_their_own_database_only(folders: Folders) -> None:
    secrets = Secrets(folders.secrets_file)
    cluster = started(folders)
    try:
        for _ in range(2):
            vault = make_own_database(cluster, "vault", secrets)
            portal = make_own_database(cluster, "portal", secrets)
        connect(vault.runtime_url).close()
        connect(vault.owner_url).close()
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            connect(portal.runtime_url.rpartition("/")[0] + "/demeu_vault")
        with connect(vault.runtime_url) as runtime, pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("CREATE TABLE mine (id int)")
    finally:
        cluster.stop()


def test_passwords_are_kept_for_their_owner_only(folders: Folders) -> None:
    first = Secrets(folders.secrets_file).get("database.x")
    assert Secrets(folders.secrets_file).get("database.x") == first
    assert folders.secrets_file.stat().st_mode & 0o777 == 0o600
