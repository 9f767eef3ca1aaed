"""Playing the fifteen steps in order; the first false one ends the story."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.exceptions import WebSocketException

from demeu.cli.story import asking, checking, closing, giving
from demeu.cli.story.browser import Unexpected
from demeu.cli.story.stage import Stage


@dataclass(frozen=True)
class Played:
    """One step as it went."""

    step: str
    ok: bool
    seconds: float
    ids: dict[str, str]
    detail: str

    def as_json(self) -> dict[str, Any]:
        """The step as `--json` prints it."""
        return {
            "step": self.step,
            "ok": self.ok,
            "seconds": round(self.seconds, 2),
            "ids": self.ids,
            "detail": self.detail,
        }


Step = Callable[[Stage], tuple[dict[str, str], str]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("sign-in", asking.sign_in),
    ("consent", asking.consent),
    ("facts", asking.facts),
    ("score", asking.score),
    ("wishes", asking.wishes),
    ("state-first", asking.state_first),
    ("review", checking.review),
    ("visit", checking.visit),
    ("publish", checking.publish),
    ("give", giving.give),
    ("allocate", giving.allocate),
    ("payout", giving.payout),
    ("deliver", closing.deliver),
    ("report", closing.report),
    ("books", closing.books),
)

EXPECTED = (Unexpected, httpx.HTTPError, WebSocketException, OSError, TimeoutError, KeyError, ValueError, IndexError)


def play(stage: Stage, tell: Callable[[Played], None] | None = None) -> list[Played]:
    """Every step until the first that is false, each told as soon as it is over."""
    played: list[Played] = []
    for name, step in STEPS:
        began = time.monotonic()
        try:
            ids, detail = step(stage)
            ok = True
        except EXPECTED as error:
            ids, detail, ok = {}, f"{type(error).__name__}: {error}", False
        played.append(Played(name, ok, time.monotonic() - began, ids, detail))
        if tell:
            tell(played[-1])
        if not ok:
            break
    return played
