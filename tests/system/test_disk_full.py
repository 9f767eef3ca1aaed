"""On a disk that fills up intake stops early, what has begun goes on, and nothing acknowledged is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demeu.kernel.testing import crowding

Apart = Callable[[str, list[str], Path], dict[str, Any]]
SCRIPT = Path(__file__).with_name("full_disk.py")
BACK_S_MAX = 10.0
RESTART_S_MAX = 30.0


@pytest.mark.timeout(600)
def test_a_disk_that_fills_up_stops_intake_early_and_loses_nothing(apart: Apart) -> None:
    told = apart("--mount", ["true"], SCRIPT)
    if not told:
        return
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
    patience_s = RESTART_S_MAX if told["said"] else BACK_S_MAX
    assert told["back_s"] <= patience_s * crowding()
