"""With ``DEMEU_DATABASE_URL_*`` the platform uses an operator's server and starts none of its own."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from demeu.roles import topology
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.live import LivePlatform
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.postgres import Cluster, own_cluster

PASSWORD = "operators-own"


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """An operator's server: vault's user may make users, the others may not."""
    folder: Path = tmp_path_factory.mktemp("server")
    folders = Folders(root=folder, var=folder / "var")
    make_folders(folders)
    cluster = own_cluster(folders, PASSWORD)
    cluster.start()
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as admin:
        for role in topology.WITH_DATABASE:
            may = "CREATEROLE" if role == "vault" else "NOCREATEROLE"
            admin.execute(f"CREATE ROLE op_{role} LOGIN {may} PASSWORD '{PASSWORD}'")
            admin.execute(f"CREATE DATABASE op_{role} OWNER op_{role}")
    yield cluster
    cluster.stop()


@pytest.fixture
def live(server: Cluster) -> Iterator[LivePlatform]:
    """A platform on that server."""
    urls = {
        f"DEMEU_DATABASE_URL_{role.upper()}": server.url(f"op_{role}", f"op_{role}", PASSWORD)
        for role in topology.WITH_DATABASE
    }
    live = LivePlatform(settings=urls)
    try:
        yield live.start()
    finally:
        live.remove()


def audit_rights(url: str) -> str:
    """Which of the rights on the audit table the user of ``url`` has: a letter each."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT string_agg(left(p, 1), '' ORDER BY p) FROM unnest(array['SELECT','INSERT','UPDATE','DELETE']) p"
            " WHERE has_table_privilege('kernel_audit', p)"
        ).fetchone()
    assert found is not None
    return str(found[0])


@pytest.mark.timeout(900)
def test_an_operators_server_is_used_with_the_least_rights_it_allows(live: LivePlatform, server: Cluster) -> None:
    assert live.running.database_port is None
    assert "postgres" not in live.running.pids
    password = Secrets(live.folders.secrets_file).get("database.op_vault_runtime")
    assert audit_rights(server.url("op_vault", "op_vault_runtime", password)) == "IS"
    assert audit_rights(server.url("op_treasury", "op_treasury", PASSWORD)) == "IS"
    treasury = psycopg.connect(server.url("op_treasury", "op_treasury", PASSWORD))
    with treasury, pytest.raises(psycopg.DatabaseError, match="append_only"):
        treasury.execute("UPDATE treasury_ledger_transfer SET id = id")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.url("op_vault", "op_portal", PASSWORD))
    assert PASSWORD not in live.text
