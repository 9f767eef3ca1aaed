"""Two fresh clones start with ``make up`` at the same moment, one in a private folder, and each plays the story."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from demeu.kernel.testing import wait_until
from demeu.roles.launch.folders import SHARED_STATE, Folders, checkout_folder
from demeu.roles.launch.live import READY_LINE, clean_environment
from demeu.roles.launch.runfile import Running, read_running

READY_S_MAX = 600.0
STEPS = ["sign-in", "consent", "facts", "score", "wishes", "state-first", "review", "visit", "publish", "give"]
STEPS += ["allocate", "payout", "deliver", "report", "books"]


def caches() -> dict[str, str]:
    """The package caches of this checkout, so that two more installations need no network."""
    uv = checkout_folder() / ".venv-boot" / "bin" / "uv"
    folder = subprocess.run([uv, "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    npm = subprocess.run(["npm", "config", "get", "cache"], capture_output=True, text=True, check=True).stdout.strip()
    return {"UV_CACHE_DIR": folder, "npm_config_cache": npm}


@dataclass
class Clone:
    """A clone of the committed state with its running ``make up``."""

    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def folders(self) -> Folders:
        return Folders(root=self.folder, var=self.folder / "var")

    @property
    def said(self) -> str:
        return (self.folder / "up.txt").read_text()

    def up(self) -> None:
        with (self.folder / "up.txt").open("wb") as output:
            self.process = subprocess.Popen(
                ["make", "up"], cwd=self.folder, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )

    def ended_or_ready(self) -> bool:
        assert self.process is not None
        return READY_LINE in self.said or self.process.poll() is not None

    def running(self) -> Running:
        found = read_running(self.folders)
        assert found is not None, self.said
        return found

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=400, check=False
        )

    def remove(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        shutil.rmtree(self.folders.elsewhere, ignore_errors=True)
        shutil.rmtree(self.folder.parent, ignore_errors=True)


@pytest.fixture
def clones() -> Iterator[list[Clone]]:
    """Two clones: one in a folder that others may enter, one in a private folder."""
    made = []
    for mode in (0o755, 0o700):
        home = Path(tempfile.mkdtemp(prefix="demeu-clone-"))
        home.chmod(mode)
        folder = home / "demeu"
        subprocess.run(["git", "clone", "--quiet", str(checkout_folder()), str(folder)], check=True)
        made.append(Clone(folder, clean_environment(**caches())))
    yield made
    for clone in made:
        clone.remove()


@pytest.mark.timeout(1500)
def test_two_clones_start_and_play_the_story_at_once(clones: list[Clone]) -> None:
    for clone in clones:
        clone.up()
    wait_until(lambda: all(clone.ended_or_ready() for clone in clones), within_s=READY_S_MAX, what="both to be ready")
    first, second = (clone.running() for clone in clones)
    assert not set(first.ports.values()) & set(second.ports.values())
    assert first.database_folder == str(clones[0].folder / "var" / "pg")
    if os.geteuid() == 0:
        assert second.database_folder == str(clones[1].folders.elsewhere / "pg")
        assert str(clones[1].folders.elsewhere) in clones[1].said
    with ThreadPoolExecutor() as pool:
        stories = list(pool.map(lambda clone: clone.run(".venv/bin/demeu", "story", "--json"), clones))
    for story in stories:
        assert story.returncode == 0, story.stdout + story.stderr
        assert [step["step"] for step in json.loads(story.stdout) if step["ok"]] == STEPS
    for clone in clones:
        assert clone.run("make", "down").returncode == 0
        assert clone.process is not None
        assert clone.process.wait(60) == 0, clone.said
        assert clone.run("make", "reset").returncode == 0
        assert not clone.folders.var.exists()
        assert not clone.folders.elsewhere.exists()
        assert clone.folders.elsewhere.parent == SHARED_STATE
        changed = clone.run("git", "status", "--porcelain").stdout.replace("?? up.txt\n", "")
        assert changed == "", "the checkout itself was changed"
