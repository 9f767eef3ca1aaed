"""Starting, stopping and crashing: what the operator asked for happens, is said, and leaves nothing behind."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from demeu.kernel.testing import wait_until
from demeu.roles import topology
from demeu.roles.launch.live import LivePlatform
from demeu.roles.launch.ports import is_free
from demeu.roles.launch.runfile import is_locked

BACK_S_MAX = 40.0
WORKERS = [f"{role}-worker" for role in topology.WITH_DATABASE]


@pytest.fixture
def another() -> Iterator[LivePlatform]:
    """A platform that a test may start, stop and break as it likes."""
    live = LivePlatform()
    yield live
    live.remove()


def is_ready(address: str) -> bool:
    """Whether a process says that it can serve."""
    try:
        return httpx.get(f"{address}/readyz", timeout=3).status_code == 200
    except httpx.HTTPError:
        return False


def exists(pid: int) -> bool:
    """Whether a process with this pid lives (a zombie does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_busy_explicit_port_is_one_clear_error(another: LivePlatform) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        another.settings = {"DEMEU_PORT": str(busy.getsockname()[1])}
        done = another.command("up")
    assert done.returncode == 2
    assert f"Port {another.settings['DEMEU_PORT']} (DEMEU_PORT) is in use" in done.stderr
    assert "Fix:" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEMEU_PROT", "1", "Did you mean DEMEU_PORT?"),
        ("DEMEU_PROFILE", "prod", "demo or production"),
        ("DEMEU_PORT", "eight", "1 to 65535"),
        ("DEMEU_DATABASE_URL_VAULT", "postgresql://x:secret@127.0.0.1:1/x", "DEMEU_DATABASE_URL_VAULT"),
        ("DEMEU_DATABASE_URL_VAULT", "not an address", "DEMEU_DATABASE_URL_VAULT"),
        ("DEMEU_VAR", "/proc/nowhere", "DEMEU_VAR"),
    ],
)
def test_a_wrong_setting_is_named_with_its_fix(another: LivePlatform, name: str, value: str, words: str) -> None:
    another.settings = {name: value}
    done = another.command("up")
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_a_second_start_on_the_same_data_says_that_it_runs(platform: LivePlatform) -> None:
    done = platform.command("up")
    assert done.returncode == 2
    assert f"already runs from {platform.folders.var} at {platform.running.url}" in done.stderr


def test_what_is_printed_ends_with_the_address_and_holds_no_secret(platform: LivePlatform) -> None:
    assert f"Demeu is ready: {platform.running.url}\n" in platform.said
    for name, secret in json.loads(platform.folders.secrets_file.read_text()).items():
        assert secret not in platform.text, name


@pytest.mark.parametrize("name", [*topology.ROLES, *WORKERS])
def test_every_process_answers_its_health_pages(platform: LivePlatform, name: str) -> None:
    address = f"http://127.0.0.1:{platform.running.ports[name]}"
    for page in ("healthz", "readyz", "metrics"):
        answer = httpx.get(f"{address}/{page}", timeout=5)
        assert answer.status_code == 200, answer.text
    assert httpx.get(f"{address}/readyz", timeout=5).json()["role"] == name.removesuffix("-worker")


@pytest.mark.parametrize("name", [*topology.ROLES, *WORKERS, "ncalayer", "postbox"])
def test_a_process_killed_with_9_is_said_and_comes_back(platform: LivePlatform, name: str) -> None:
    running, said_before = platform.running, len(platform.said)
    pid = platform.kill(name)
    wait_until(lambda: platform.running.pids[name] not in (pid, None), within_s=BACK_S_MAX, what="a new process")
    said = "".join(platform.said[said_before:])
    assert f"{name} ended (SIGKILL)" in said
    if name in ("ncalayer", "postbox"):
        wait_until(lambda: not is_free(running.ports[name]), within_s=BACK_S_MAX, what="its port")
    else:
        address = f"http://127.0.0.1:{running.ports[name]}"
        wait_until(lambda: is_ready(address), within_s=BACK_S_MAX, what=f"{name} to be ready")
    others = {other: number for other, number in running.pids.items() if other != name}
    assert others.items() <= platform.running.pids.items(), "nothing else was restarted"


def test_postgresql_killed_with_9_comes_back_and_everybody_finds_it(platform: LivePlatform) -> None:
    pid = platform.kill("postgres")
    wait_until(lambda: platform.running.pids["postgres"] != pid, within_s=BACK_S_MAX, what="PostgreSQL again")
    for role, address in platform.running.urls.items():
        wait_until(lambda address=address: is_ready(address), within_s=BACK_S_MAX, what=f"{role} to be ready")


@pytest.mark.timeout(900)
def test_the_rest_serves_while_one_service_is_dead_and_down_leaves_nothing_behind(another: LivePlatform) -> None:
    another.settings = {"DEMEU_RESTART": "0"}
    another.start()
    running = another.running
    for name in ("vault", "treasury", "scoring"):
        pid = another.kill(name)
        wait_until(lambda pid=pid: not exists(pid), what=f"{name} to be gone")
        wait_until(lambda name=name: is_free(running.ports[name]), what=f"the port of {name} to be free")
        for role, address in running.urls.items():
            if role not in ("vault", "treasury", "scoring"):
                assert httpx.get(f"{address}/readyz", timeout=10).status_code == 200, role
        assert httpx.get(running.url, timeout=10, follow_redirects=True).status_code == 200
    assert another.command("down").returncode == 0
    assert another.process is not None
    assert another.process.wait(10) == 0
    assert not is_locked(another.folders)
    assert not another.folders.run_file.exists()
    assert [name for name, pid in running.pids.items() if exists(pid)] == []
    assert another.command("reset", "--yes").returncode == 0
    assert not another.folders.var.exists()


@pytest.mark.timeout(900)
def test_when_the_launcher_is_killed_with_9_no_process_survives_and_the_next_start_works(another: LivePlatform) -> None:
    another.start()
    pids = another.running.pids
    assert another.process is not None
    os.kill(another.process.pid, signal.SIGKILL)
    another.process.wait()
    for name, pid in pids.items():
        wait_until(lambda pid=pid: not exists(pid), within_s=20, what=f"{name} to be gone")
    another.start()
    assert is_ready(another.running.url)
