"""The path of a tenge of one item: proved steps gathered by state, then what is still ahead. Pure but for words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from demeu.contracts.treasury import TrailStep
from demeu.kernel.money import format_tenge
from demeu.portal.catalogue.wording import AHEAD, MOVEMENTS, STEP_TEXTS, STEP_TITLES
from demeu.portal.ui.wording import clock, day_short, language

STATES = ("received", "held", "paid", "delivered")
# Kinds that prove a state; the last of them stands for it.
PROVED_BY = {
    "received": ("received",),
    "held": ("held", "allocated"),
    "paid": ("paid",),
    "delivered": ("delivered", "confirmed"),
}


def item_trail(steps: Sequence[TrailStep], item: UUID, journal_href: str) -> list[dict[str, Any]]:
    """`<c-trail>` steps of one item: done ones with sums and record numbers, the next one «now», the rest «ahead»."""
    own = [step for step in steps if step.item == item]
    # A gift to the whole case is received before it is allotted to a thing.
    if own and not any(step.kind == "received" for step in own):
        own = [step for step in steps if step.kind == "received" and step.item is None] + own
    done = {state: [step for step in own if step.kind in PROVED_BY[state]] for state in STATES}
    furthest = max((place for place, state in enumerate(STATES) if done[state]), default=-1)
    rows = []
    for place, state in enumerate(STATES):
        if done[state]:
            rows.append(_done(state, done[state], journal_href))
        elif place > furthest:
            title, text = AHEAD[state]
            when = "now" if place == furthest + 1 else "ahead"
            rows.append({"when": when, "state": "", "date": "", "title": title, "text": text})
    return rows


def _done(state: str, steps: Sequence[TrailStep], journal_href: str) -> dict[str, Any]:
    kind = steps[-1].kind if state != "delivered" else "delivered"
    amount_tiyn = sum(step.amount_tiyn for step in steps if step.kind == kind)
    first, last = day_short(steps[0].at), day_short(steps[-1].at)
    number = steps[-1].log_index
    return {
        "when": "done",
        "state": state,
        "date": f"{first}, {clock(steps[0].at)}" if first == last else f"{first} – {last}",
        "title": STEP_TITLES[state] % {"sum": format_tenge(amount_tiyn, language())},
        "text": STEP_TEXTS[state],
        "proof": "" if number is None else number,
        "proof_href": journal_href,
    }


def trail_rows(steps: Sequence[TrailStep], names: dict[UUID, str]) -> list[dict[str, Any]]:
    """Every step as a table row."""
    return [
        {
            "step": step,
            "state": MOVEMENTS[step.kind][0],
            "words": MOVEMENTS[step.kind][1],
            "thing": names.get(step.item, "") if step.item else "",
        }
        for step in steps
    ]
