"""The role itself: started without any database variable and with psycopg unimportable, it serves signed calls."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from demeu.kernel import signing
from demeu.kernel.testing import wait_until
from demeu.scoring.tests.families import family

ROLES = ("scoring", "vault", "treasury")
START_S_MAX = 40.0


@dataclass(frozen=True)
class Running:
    """A running scoring role and the keys of those who ask it."""

    address: str
    keys: Path
    env: dict[str, str]

    def ask(self, operation: str, body: bytes, *, caller: str = "vault", signed: bytes | None = None) -> httpx.Response:
        """One call as `caller`, the signature over `signed` (the body itself unless another is given)."""
        token = signing.sign_call(
            signing.load_keys(self.keys / caller, caller),
            audience="scoring",
            operation=operation,
            actor="person:test",
            purpose="need",
            body=body if signed is None else signed,
        )
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return httpx.post(f"{self.address}/api/{operation}", content=body, headers=headers, trust_env=False)


@pytest.fixture(scope="module")
def scoring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("scoring")
    signing.make_keys(folder / "keys", ROLES)
    for module in ("psycopg", "psycopg_pool", "psycopg2"):
        (folder / "blocked" / module).mkdir(parents=True)
        (folder / "blocked" / module / "__init__.py").write_text("raise ImportError('no database driver here')\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith("DEMEU_")}
    env |= {
        "PYTHONPATH": str(folder / "blocked"),
        "DJANGO_SETTINGS_MODULE": "demeu.roles.settings.scoring",
        "DEMEU_KEYS": str(folder / "keys" / "scoring"),
        "DEMEU_VAR": str(folder),
    }
    command = [sys.executable, "-m", "demeu.roles.launch.serve", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: _alive(address, process), within_s=START_S_MAX, what="scoring to answer")
        yield Running(address, folder / "keys", env)
    finally:
        process.terminate()
        process.wait(20)


def _alive(address: str, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, "scoring ended instead of serving"
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def body_of(household: dict[str, Any], members: list[dict[str, Any]]) -> bytes:
    return family(household, members).model_copy(update={"on": None}).model_dump_json().encode()


def test_its_environment_has_no_database_and_no_driver(scoring: Running) -> None:
    assert not [name for name in scoring.env if name.startswith("DEMEU_DATABASE")]
    tried = subprocess.run([sys.executable, "-c", "import psycopg"], env=scoring.env, capture_output=True, check=False)
    assert b"no database driver here" in tried.stderr


def test_it_is_alive_and_ready_without_a_database(scoring: Running) -> None:
    assert httpx.get(f"{scoring.address}/healthz", trust_env=False).json()["status"] == "alive"
    ready = httpx.get(f"{scoring.address}/readyz", trust_env=False)
    assert ready.status_code == 200
    assert ready.json()["checks"] == {}


def test_it_assesses_for_vault(scoring: Running) -> None:
    body = json.loads(body_of({"passenger_cars": None}, [{"working": True}])) | {"on": "2026-11-22"}
    answer = scoring.ask("score.assess", json.dumps(body).encode())
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["total"], found["category"], found["unknown"]) == (200, 3, ["passenger_cars"])
    assert len(found["indicators"]) == 23


def test_it_lists_its_rule_sets(scoring: Running) -> None:
    found = scoring.ask("score.rules", b"{}").json()["rule_sets"]
    assert [(one["id"], one["default"]) for one in found] == [("kz-2026-and", True), ("kz-2026-or", False)]


def test_rejected_facts_come_back_as_a_problem_with_each_place(scoring: Running) -> None:
    body = json.loads(body_of({"housing_units": -1}, [{}])) | {"on": "2026-11-22"}
    answer = scoring.ask("score.assess", json.dumps(body).encode())
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "score.rejected"
    assert answer.json()["facts"]["faults"] == ["household.housing_units: below_zero"]


def test_unreadable_facts_come_back_as_a_problem(scoring: Running) -> None:
    for body in (b"{", b"[]", b'{"household": 1, "persons": []}'):
        answer = scoring.ask("score.assess", body)
        assert answer.status_code in (400, 422), body
        assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_but_a_listed_and_signed_caller_is_answered(scoring: Running) -> None:
    body = body_of({}, [{}])
    assert scoring.ask("score.assess", body, caller="treasury").json()["code"] == "call.not_listed"
    assert scoring.ask("score.assess", body, signed=b"{}").json()["code"] == "call.altered"
    unsigned = httpx.post(f"{scoring.address}/api/score.assess", content=body, trust_env=False)
    assert unsigned.status_code == 403


def test_no_module_of_scoring_can_reach_a_database() -> None:
    folder = Path(__file__).parents[1]
    sources = [path.read_text("utf-8") for path in folder.rglob("*.py") if "tests" not in path.parts]
    assert sources
    assert not [source for source in sources if "django.db" in source or "psycopg" in source]
