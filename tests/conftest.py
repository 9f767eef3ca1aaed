"""What system and browser tests share: one platform, started once, by the command that an operator uses."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from demeu.roles.launch.live import LivePlatform


@pytest.fixture(scope="session")
def platform() -> Iterator[LivePlatform]:
    """A running demo platform on free ports with its own data; a test that stops a part of it waits for its return."""
    live = LivePlatform()
    try:
        yield live.start()
    finally:
        live.remove()


@pytest.fixture
def apart(capsys: pytest.CaptureFixture[str]) -> Callable[[str, list[str], Path], dict[str, Any]]:
    """Runs a script in a namespace of Linux of its own (`--net`, `--mount`) and reads what it printed.

    `trial` is a command that must succeed there. Where this machine gives no such namespace nothing is tried, the
    answer is empty, and that is said on the terminal.
    """

    def run(namespace: str, trial: list[str], script: Path) -> dict[str, Any]:
        try:
            given = subprocess.run(["unshare", namespace, *trial], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            given = False
        if not given:
            with capsys.disabled():
                sys.stderr.write(f"\nNOT TRIED: {script.name} needs root, unshare {namespace} and {trial[0]}\n")
            return {}
        command = ["unshare", namespace, sys.executable, str(script)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    return run
