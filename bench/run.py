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

import catalogue.area
import gathering
import gifts
import live
import messages
import open_figures
import parts
import people.area
import rows
import scoring.area
import signatures
import treasury.area
import treasury.log
import whole
from rich.console import Console

from demeu.roles.launch.live import LivePlatform

WIDTH = 120
LAST = Path(__file__).with_name("last.json")
ON_PLATFORM: dict[str, Callable[[LivePlatform], list[rows.Row]]] = {
    "memory": whole.memory,
    "story": whole.story,
    "pages": whole.pages,
    "signed-calls": parts.signed_calls,
    "ledger": parts.ledger,
    "messages": messages.figures,
    "gathering": gathering.figures,
    "gifts": gifts.figures,
    "map": open_figures.figures,
    "live": live.figures,
}
ALONE: dict[str, Callable[[bool], list[rows.Row]]] = {
    "signatures": lambda _full: signatures.figures(),
    "people": people.area.figures,
    "scoring": scoring.area.figures,
    "treasury": treasury.area.figures,
    "log": treasury.log.figures,
    "catalogue": catalogue.area.figures,
}
SIZES = "Sizes: demo country as loaded, 4 clients for 5 s a page, at most 3 s a part, one writer for 4 s."


def chosen(given: str | None) -> tuple[set[str], bool]:
    """All areas at reduced sizes, or the one that was named at its full size."""
    known = [*ON_PLATFORM, *ALONE]
    if given is not None and given not in known:
        sys.exit(f"There is no area {given!r}. Areas: {', '.join(known)}.")
    return (set(known), False) if given is None else ({given}, True)


def on_platform(names: set[str], found: list[rows.Row], console: Console) -> None:
    """Starts a platform of its own, takes the figures of these areas, removes it."""
    platform = LivePlatform(settings=live.SETTINGS)
    try:
        if os.environ.get("DEMEU_BENCH_COLD") == "1":
            console.print("cold start …")
            found += whole.cold_start()
        console.print("start …")
        found += whole.starts(platform)
        for name, take in ON_PLATFORM.items():
            if name in names:
                console.print(f"{name} …")
                found += take(platform)
    finally:
        platform.remove()


def main() -> None:
    """Takes the figures and prints the table, also when one of them could not be taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", metavar="AREA", help=f"one area at full size: {', '.join([*ON_PLATFORM, *ALONE])}")
    names, full = chosen(parser.parse_args().full)
    console, began = Console(width=WIDTH), time.monotonic()
    found: list[rows.Row] = []
    try:
        if names & ON_PLATFORM.keys():
            on_platform(names, found, console)
        for name, take in ALONE.items():
            if name in names:
                console.print(f"{name} …")
                found += take(full)
    finally:
        rows.show(found, console)
    sizes = SIZES if names & ON_PLATFORM.keys() else ""
    sizes += f" {scoring.area.sizes_of(full)}" if "scoring" in names else ""
    sizes += f" {people.area.sizes_of(full)}" if "people" in names else ""
    sizes += f" {treasury.area.sizes_of(full)}" if "treasury" in names else ""
    sizes += f" {treasury.log.sizes_of(full)}" if "log" in names else ""
    sizes += f" {catalogue.area.sizes_of(full)}" if "catalogue" in names else ""
    console.print(f"{sizes.strip()} Took {time.monotonic() - began:.0f} s.")
    LAST.write_text(json.dumps([row.as_json() for row in found], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
