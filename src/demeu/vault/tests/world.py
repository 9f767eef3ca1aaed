"""The outside world for these tests: the sandbox and scoring as real processes of their own, on free ports."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
from psycopg import sql

from demeu.kernel.signing import make_keys
from demeu.kernel.testing import wait_until
from demeu.roles.launch.ports import free_port

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

    def emergency(self, *areas: str, **more: Any) -> str:
        """МЧС or МВД tells of an event; its number."""
        body = {"areas": list(areas), **more}
        answer = httpx.post(f"{self.sandbox}/control/emergencies", json=body, timeout=10)
        assert answer.is_success, answer.text
        return str(answer.json()["number"])

    def organization(self, number: str, **words: Any) -> None:
        """One more legal entity."""
        body = {"bin": number, **words}
        assert httpx.post(f"{self.sandbox}/control/organizations", json=body, timeout=10).is_success

    def texts_on(self, phone: str) -> list[str]:
        """What a phone (+7…) has received, oldest first."""
        answer = httpx.get(f"{self.sandbox}/control/phones/{phone.removeprefix('+')}/messages", timeout=10)
        return [message["text"] for message in answer.json()["messages"] if message["direction"] == "in"]

    def clear_faults(self) -> None:
        """No faults any more."""
        httpx.delete(f"{self.sandbox}/control/faults", timeout=10)


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


@contextmanager
def running_world(var: Path) -> Iterator[World]:
    """Sandbox and scoring with their files under `var`, stopped at the end of the block."""
    ports = {"sandbox": free_port(), "scoring": free_port()}
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
