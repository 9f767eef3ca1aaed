"""Promises of `demeu treasury simulate`, called as an operator calls it."""

import json
import subprocess
import sys

import pytest

ASKED = ("--days", "20", "--needs", "4", "--gifts", "20")


def simulate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "demeu", "treasury", "simulate", *ASKED, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.timeout(200)
def test_two_rules_are_compared_on_the_same_world() -> None:
    done = simulate("--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["base"]["rule"], told["against"]["rule"]) == ("2026-1", "2026-2")
    assert told["base"]["needs"] == told["against"]["needs"] == 80
    assert {"gini_ppm", "wait_median_days", "region_spread_ppm"} <= set(told["against"])
    table = simulate()
    assert table.returncode == 0 and "Gini of funding" in table.stdout


@pytest.mark.timeout(200)
def test_a_rule_that_was_never_published_is_unusable_input() -> None:
    done = simulate("--against", "2031-9")
    assert done.returncode == 2 and "2026-1" in done.stdout + done.stderr
