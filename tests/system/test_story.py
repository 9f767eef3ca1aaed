"""`demeu story` tells the whole way of one need, twice on one platform, and stops honestly where a service is dead."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from demeu.kernel.testing import wait_until
from demeu.roles import topology
from demeu.roles.launch.live import LivePlatform
from demeu.roles.launch.ports import is_free

STEPS = (
    "sign-in", "consent", "facts", "score", "wishes", "state-first", "review", "visit", "publish", "give", "allocate",
    "payout", "deliver", "report", "books",
)  # fmt: skip
STORY_S_MAX = 150
FOREIGN_TO_THE_STORY = ("django", "psycopg", *(f"demeu.{role}" for role in topology.ROLES))


def tell(platform: LivePlatform) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and steps of one story; its environment has no database variable."""
    assert not [name for name in platform.environment if name.startswith("DEMEU_DATABASE")]
    done = platform.command("story", "--json", within_s=4 * STORY_S_MAX)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


def false_step(platform: LivePlatform) -> str:
    """The step at which a story ends; fails when it does not end early and in order."""
    code, steps = tell(platform)
    names = tuple(step["step"] for step in steps)
    assert code == 1
    assert names == STEPS[: len(names)]
    assert [step["ok"] for step in steps] == [True] * (len(steps) - 1) + [False], steps
    assert steps[-1]["detail"]
    return names[-1]


@pytest.mark.timeout(8 * STORY_S_MAX)
def test_the_story_can_be_told_twice_and_every_step_is_true(
    platform: LivePlatform, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [tell(platform) for _ in range(2)]
    for number, (code, steps) in enumerate(told, start=1):
        seconds = sum(step["seconds"] for step in steps)
        with capsys.disabled():
            print(f"\nstory {number}: {seconds:.1f} s (at most {STORY_S_MAX} s wanted)")
        untrue = [step for step in steps if not step["ok"]]
        assert untrue == [], untrue[0]["detail"]
        assert code == 0
        assert tuple(step["step"] for step in steps) == STEPS
        assert all(set(step) == {"step", "ok", "seconds", "ids", "detail"} for step in steps)
    first, second = (dict(pair for step in steps for pair in step["ids"].items()) for _code, steps in told)
    assert first["application"] != second["application"]
    assert first["case"] != second["case"]


def test_the_books_hold_after_the_story(platform: LivePlatform) -> None:
    done = platform.command("books", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_story_imports_no_service_and_no_framework() -> None:
    program = "import demeu.cli.story, sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "demeu.cli.story.play" in loaded
    foreign = [
        name for name in loaded if any(name == one or name.startswith(f"{one}.") for one in FOREIGN_TO_THE_STORY)
    ]
    assert sorted(foreign) == []


def test_without_a_platform_the_story_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = LivePlatform(folder=tmp_path_factory.mktemp("nowhere"))
    done = nowhere.command("story", "--json")
    assert done.returncode == 2
    assert "make up" in done.stderr


@pytest.fixture(scope="module")
def breakable() -> Iterator[LivePlatform]:
    """A platform in which what is killed stays dead."""
    live = LivePlatform(settings={"DEMEU_RESTART": "0"})
    try:
        yield live.start()
    finally:
        live.remove()


def end_service(live: LivePlatform, role: str) -> None:
    """Kills a service with its worker and waits until its port is free."""
    port = live.running.ports[role]
    for name in (role, f"{role}-worker"):
        if name in live.running.pids:
            live.kill(name)
    wait_until(lambda: is_free(port), what=f"the port of {role} to be free")


# Each is killed in addition to those above it and ends the story earlier, so that the last word is its own.
@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("treasury", {"publish", "give"}),
        ("scoring", {"facts", "score"}),
        ("vault", {"sign-in"}),
        ("portal", {"sign-in"}),
        ("sandbox", {"sign-in"}),
    ],
)
@pytest.mark.timeout(4 * STORY_S_MAX)
def test_with_a_dead_service_the_story_ends_at_the_right_step(
    breakable: LivePlatform, role: str, steps: set[str]
) -> None:
    end_service(breakable, role)
    assert false_step(breakable) in steps
