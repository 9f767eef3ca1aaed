"""A platform whose network to PostgreSQL is cut under load; prints how each request ended. Run by `test_network_cut`.

Runs in a network namespace of its own, so that the rule which drops packets touches nothing else.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from asking_under_fault import Asker, missing

from demeu.roles.launch.live import LivePlatform

CUT_S = 20.0
CALM_S = 3.0
BACK_S_MAX = 60.0
PAGES = ("/", "/cases/", "/stats/", "/healthz", "/readyz")
RULES = """
add table inet demeu
add chain inet demeu out {{ type filter hook output priority 0 ; }}
add rule inet demeu out tcp dport {port} drop
add rule inet demeu out tcp sport {port} drop
"""


def cut(port: int) -> None:
    """From now on every packet to and from PostgreSQL is lost without a word."""
    subprocess.run(["nft", "-f", "-"], input=RULES.format(port=port), text=True, check=True)


def mend() -> None:
    """Packets go through again."""
    subprocess.run(["nft", "delete", "table", "inet", "demeu"], check=True)


def main() -> None:
    """Calm, cut, mended; then how long until each kind of request is answered as before."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    live, stop = LivePlatform(), Event()
    try:
        asker = Asker(live.start())
        works = [*(lambda path=path: asker.page(path) for path in PAGES), asker.gift, asker.gift]

        def again(work: Callable[[], int]) -> None:
            while not stop.is_set():
                work()
                stop.wait(0.05)

        with ThreadPoolExecutor(len(works)) as pool:
            for work in works:
                pool.submit(again, work)
            Event().wait(CALM_S)
            cut(live.running.database_port)
            asker.phase = "cut"
            Event().wait(CUT_S)
            mend()
            asker.phase, mended = "after", time.monotonic()
            while time.monotonic() - mended < BACK_S_MAX and not (asker.gift() == asker.page("/cases/") == 200):
                Event().wait(0.2)
            back_s = time.monotonic() - mended
            stop.set()
        lost = missing(live, asker.acknowledged)
    finally:
        stop.set()
        live.remove()
    sys.stdout.write(json.dumps({"back_s": back_s, "ends": asker.ends, "lost": lost}))


if __name__ == "__main__":
    main()
