"""`make bench`: one table of speeds and sizes of this checkout on this machine, each beside what it is compared with.

Reports and asserts nothing. A figure that cannot be taken ends the run with a non-zero exit.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import parts
import rows
import whole
from rich.console import Console

from demeu.roles.launch.live import LivePlatform

LAST = Path(__file__).with_name("last.json")
AREAS: dict[str, Callable[[LivePlatform], list[rows.Row]]] = {
    "memory": whole.memory,
    "story": whole.story,
    "pages": whole.pages,
    "signed-calls": parts.signed_calls,
    "gost": lambda _live: parts.gost_signatures(),
    "ledger": parts.ledger,
}
SIZES = "Sizes: demo country as loaded, 4 clients for 5 s a page, at most 3 s a part, one writer for 4 s."


def areas_of(given: str | None) -> dict[str, Callable[[LivePlatform], list[rows.Row]]]:
    """All areas, or the one that was named."""
    if given is None:
        return AREAS
    if given not in AREAS:
        sys.exit(f"There is no area {given!r}. Areas: {', '.join(AREAS)}.")
    return {given: AREAS[given]}


def main() -> None:
    """Starts a platform of its own, takes the figures, removes it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", metavar="AREA", help=f"one area at full size: {', '.join(AREAS)}")
    chosen = areas_of(parser.parse_args().full)
    console, began, live = Console(width=110), time.monotonic(), LivePlatform()
    found: list[rows.Row] = []
    try:
        if os.environ.get("DEMEU_BENCH_COLD") == "1":
            console.print("cold start …")
            found += whole.cold_start()
        console.print("start …")
        found += whole.starts(live)
        for name, take in chosen.items():
            console.print(f"{name} …")
            found += take(live)
    finally:
        live.remove()
        rows.show(found, console)
    full = " The full size of this area is the same as the usual one for now." if len(chosen) == 1 else ""
    console.print(f"{SIZES}{full} Took {time.monotonic() - began:.0f} s.")
    LAST.write_text(json.dumps([row.as_json() for row in found], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
