"""The outside world for these tests: the sandbox and scoring as real processes of their own, on free ports."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest
from psycopg import sql

from demeu.kernel import calling
from demeu.kernel.signing import make_keys
from demeu.kernel.testing import wait_until

SANDBOX_DATABASE = "demeu_vault_tests_sandbox"


@dataclass
class World:
    """Where the processes answer and keep their files."""

    sandbox: str
    scoring: str
    var: Path

    def family(self, kind: str = "mother_disabled_child", **more: Any) -> dict[str, Any]:
        """A new family in every register."""
        answer = httpx.post(f"{self.sandbox}/control/families", json={"kind": kind, **more}, timeout=30)
        assert answer.status_code == 201, answer.text
        family: dict[str, Any] = answer.json()
        return family

    def fault(self, service: str, fault: str, **more: Any) -> None:
        """Plant a fault."""
        body = {"service": service, "fault": fault, **more}
        answer = httpx.post(f"{self.sandbox}/control/faults", json=body, timeout=10)
        assert answer.is_success, answer.text

    def clear_faults(self) -> None:
        """No faults any more."""
        httpx.delete(f"{self.sandbox}/control/faults", timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _fresh_database(vault_url: str) -> str:
    with psycopg.connect(urlunsplit(urlsplit(vault_url)._replace(path="/postgres")), autocommit=True) as connection:
        name = sql.Identifier(SANDBOX_DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    return urlunsplit(urlsplit(vault_url)._replace(path=f"/{SANDBOX_DATABASE}"))


def _run(role: str, environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", *command],
        env={**environment, "DJANGO_SETTINGS_MODULE": f"demeu.roles.settings.{role}"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _serve(role: str, environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "demeu.roles.launch.serve", str(port)],
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": f"demeu.roles.settings.{role}",
            "DEMEU_KEYS": str(Path(environment["DEMEU_VAR"]) / "keys" / role),
        },
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Sandbox and scoring, started once; stopped at the end."""
    var = tmp_path_factory.mktemp("world")
    ports = {"sandbox": _free_port(), "scoring": _free_port()}
    make_keys(var / "keys", ("portal", "vault", "scoring", "sandbox"))
    environment = {
        **os.environ,
        "DEMEU_VAR": str(var),
        "DEMEU_DATABASE_URL_SANDBOX": _fresh_database(os.environ["DEMEU_DATABASE_URL_VAULT"]),
        **{f"DEMEU_URL_{role.upper()}": f"http://127.0.0.1:{port}" for role, port in ports.items()},
    }
    _run("sandbox", environment, "migrate", "--no-input")
    _run("sandbox", environment, "prepare_sandbox")
    started = [_serve(role, environment, port) for role, port in ports.items()]
    running = World(f"http://127.0.0.1:{ports['sandbox']}", f"http://127.0.0.1:{ports['scoring']}", var)
    try:
        for address in (running.sandbox, running.scoring):
            wait_until(lambda address=address: _answers(address), within_s=60, what=address)
        yield running
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            process.wait(timeout=20)


@pytest.fixture
def outside(world: World, settings: Any) -> Iterator[World]:
    """The world, with the vault's settings pointing at it and no faults planted."""
    settings.DEMEU_VAULT_TRUST = world.var / "trust"
    settings.DEMEU_VAULT_SHEP_URL = f"{world.sandbox}/shep/bip-sync-wss-gost/"
    settings.DEMEU_VAULT_SMS_URL = f"{world.sandbox}/mobizon"
    settings.DEMEU_ADDRESSES = {**settings.DEMEU_ADDRESSES, "scoring": world.scoring}
    settings.DEMEU_KEYS = world.var / "keys" / "vault"
    calling.keyring.cache_clear()
    calling._client.cache_clear()
    yield world
    world.clear_faults()
    calling._client("scoring").close()
    calling.keyring.cache_clear()
    calling._client.cache_clear()
