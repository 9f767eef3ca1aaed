"""On a disk that fills up intake stops early, what has begun goes on, and nothing acknowledged is lost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("full_disk.py")
BACK_S_MAX = 10.0
RESTART_S_MAX = 30.0


def may_mount() -> bool:
    """Whether this machine lets us have mounts of our own; the automatic run does, anybody else is told loudly."""
    if shutil.which("unshare") and subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0:
        return True
    sys.stderr.write("\nNO MOUNT NAMESPACE HERE: the full disk was not tried. Run as root.\n")
    return False


@pytest.mark.timeout(600)
def test_a_disk_that_fills_up_stops_intake_early_and_loses_nothing() -> None:
    if not may_mount():
        return
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, str(SCRIPT)], capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    ends = told["ends"]

    def statuses(phase: str, what: str = "gifts.start") -> set[int]:
        return {end["status"] for end in ends if end["phase"] == phase and end["what"] == what}

    assert 200 in statuses("calm"), "gifts were taken while there was room"
    assert statuses("nearly full") == {503}, "intake is closed at less than a tenth free"
    assert set(map(tuple, told["asked"])) == {(200, 200)}, "what has begun can be asked about, pages are there"
    assert 200 in statuses("calm again"), "intake opens by itself"
    assert statuses("full") == {503}
    refused = [end for end in ends if end["status"] == 503]
    assert {end["type"] for end in refused} == {"application/problem+json"}
    assert {end["status"] for end in ends} == {200, 503}
    assert told["lost"] == []
    assert told["books"] == ""
    crowded = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    patience_s = RESTART_S_MAX if told["said"] else BACK_S_MAX
    assert told["back_s"] <= patience_s * crowded
