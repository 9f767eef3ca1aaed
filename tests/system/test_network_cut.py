"""With the network to PostgreSQL cut without a word every request ends soon, and nothing acknowledged is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demeu.kernel.testing import crowding

Apart = Callable[[str, list[str], Path], dict[str, Any]]
SCRIPT = Path(__file__).with_name("cut_network.py")
END_S_MAX = 10.0
BACK_S_MAX = 10.0


@pytest.mark.timeout(600)
def test_a_cut_network_hangs_no_request_and_loses_nothing(apart: Apart) -> None:
    told = apart("--net", ["nft", "list", "ruleset"], SCRIPT)
    if not told:
        return
    slow = [end for end in told["ends"] if end["seconds"] > END_S_MAX * crowding()]
    assert slow == [], f"requests that hung on a network that answers nothing: {slow[:3]}"
    odd = [end for end in told["ends"] if end["status"] not in (200, 503)]
    assert odd == [], f"neither success nor 503: {odd[:3]}"
    of_api = [end for end in told["ends"] if end["status"] == 503 and end["what"] == "gifts.start"]
    assert of_api, "the cut must have been felt"
    assert {end["type"] for end in of_api} == {"application/problem+json"}
    assert told["lost"] == []
    assert told["back_s"] <= BACK_S_MAX * crowding()
