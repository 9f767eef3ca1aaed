"""`make soak`: the story again and again on one platform, watching its memory and its books.

Ends with a non-zero exit at the first false step or broken invariant, or when memory grew by more than a half.
"""

import argparse
import json
import sys
import time

import whole
from rich.console import Console

from demeu.kernel.testing.results import note_result
from demeu.roles.launch.live import LivePlatform

GROWTH_MAX = 1.5
STORY_S_MAX = 600


def arguments() -> argparse.Namespace:
    """How many stories, and for how long at most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000, help="at most so many stories")
    parser.add_argument("--minutes", type=float, default=60, help="no new story after so many minutes")
    return parser.parse_args()


def once(live: LivePlatform) -> str:
    """One story and the books; what is wrong, empty when nothing is."""
    told = live.command("story", "--json", within_s=STORY_S_MAX)
    if told.returncode:
        return f"the story ended at {json.loads(told.stdout)[-1]}"
    checked = live.command("books", "check")
    return "" if checked.returncode == 0 else f"the books are wrong:\n{checked.stdout}{checked.stderr}"


def main() -> None:
    """Runs the stories and says how memory went."""
    given, console, live = arguments(), Console(), LivePlatform()
    try:
        live.start()
        sizes, end = [], time.monotonic() + given.minutes * 60
        for number in range(1, given.stories + 1):
            wrong = once(live)
            if wrong:
                sys.exit(f"story {number}: {wrong}")
            sizes.append(whole.memory(live)[0].value)
            console.print(f"story {number}: all steps true, books in balance, {sizes[-1]:.0f} MiB")
            if time.monotonic() > end:
                break
    finally:
        live.remove()
    growth = sizes[-1] / sizes[0]
    note_result("stories", stories=len(sizes), memory_first_mib=round(sizes[0]), memory_last_mib=round(sizes[-1]))
    console.print(f"{len(sizes)} stories; memory {sizes[0]:.0f} → {sizes[-1]:.0f} MiB ({growth:.2f} ×)")
    if growth > GROWTH_MAX:
        sys.exit(f"memory grew more than {GROWTH_MAX} ×")


if __name__ == "__main__":
    main()
