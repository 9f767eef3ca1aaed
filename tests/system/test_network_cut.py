"""With the network to PostgreSQL cut without a word every request ends soon, and nothing acknowledged is lost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("cut_network.py")
END_S_MAX = 10.0
BACK_S_MAX = 10.0


def may_cut() -> bool:
    """Whether this machine lets us have a network of our own; the automatic run must, anybody else is told loudly."""
    if shutil.which("unshare") and shutil.which("nft"):
        own = ["unshare", "--net", "nft", "list", "ruleset"]
        if subprocess.run(own, capture_output=True, check=False).returncode == 0:
            return True
    sys.stderr.write(
        "\nNO NETWORK NAMESPACE HERE: the cut network was not tried. Run as root: apt-get install nftables\n"
    )
    return False


@pytest.mark.timeout(600)
def test_a_cut_network_hangs_no_request_and_loses_nothing() -> None:
    if not may_cut():
        return
    done = subprocess.run(
        ["unshare", "--net", sys.executable, str(SCRIPT)], capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    crowded = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    slow = [end for end in told["ends"] if end["seconds"] > END_S_MAX * crowded]
    assert slow == [], f"requests that hung on a network that answers nothing: {slow[:3]}"
    odd = [end for end in told["ends"] if end["status"] not in (200, 503)]
    assert odd == [], f"neither success nor 503: {odd[:3]}"
    of_api = [end for end in told["ends"] if end["status"] == 503 and end["what"] == "gifts.start"]
    assert of_api, "the cut must have been felt"
    assert {end["type"] for end in of_api} == {"application/problem+json"}
    assert told["lost"] == []
    assert told["back_s"] <= BACK_S_MAX * crowded
