"""Finding and counting in an edition: what matches all filters, and how many after one more tick. Pure but for words.

Values of one filter widen it; tags narrow.
"""

from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from demeu.portal.catalogue.filters import ALLOWED, FACETS, Wanted
from demeu.portal.catalogue.shelf.arrays import Bits, Edition, number_of, packed, unpacked

Counts = dict[str, dict[str, int]]


def conditions(shelf: Edition, wanted: Wanted, words: Bits | None) -> dict[str, Bits]:
    """What each filter asks, on its own."""
    found: dict[str, Bits] = {}
    for facet in FACETS:
        values = getattr(wanted, facet)
        if values and facet == "tag":
            found |= {f"tag:{tag}": shelf.having("tag", tag) for tag in sorted(values)}
        elif values:
            found[facet] = reduce(or_, (shelf.having(facet, value) for value in sorted(values)))
    if words is not None:
        found["words"] = words
    return found


def matching(shelf: Edition, wanted: Wanted, words: Bits | None) -> Bits:
    """Cases of the stage that match every filter."""
    if wanted.unknown:
        return packed(np.zeros(shelf.size, bool))
    return reduce(and_, conditions(shelf, wanted, words).values(), shelf.having("stage", wanted.stage))


def counts(shelf: Edition, wanted: Wanted, words: Bits | None = None) -> Counts:
    """For every value of every filter: how many cases match it together with the other filters.

    The row «all» / «found» holds the whole number of cases of this stage and of those found.
    """
    stage, asked = shelf.having("stage", wanted.stage), conditions(shelf, wanted, words)
    found = matching(shelf, wanted, words)
    counted: Counts = {"all": {"all": number_of(stage), "found": number_of(found)}}
    for facet, values in ALLOWED.items():
        if facet == "tag":
            others = {tag: _others(stage, asked, f"tag:{tag}", wanted) for tag in values}
        else:
            others = dict.fromkeys(values, _others(stage, asked, facet, wanted))
        counted[facet] = {value: number_of(others[value] & shelf.having(facet, value)) for value in sorted(values)}
    for facet, column in (("district", "district"), ("verifier", "verifier")):
        counted[facet] = _by_column(shelf, column, _others(stage, asked, facet, wanted))
    return counted


def _others(stage: Bits, asked: dict[str, Bits], own: str, wanted: Wanted) -> Bits:
    if wanted.unknown:
        return np.zeros_like(stage)
    return reduce(and_, (bits for name, bits in asked.items() if name != own), stage)


def _by_column(shelf: Edition, column: str, bits: Bits) -> dict[str, int]:
    """How many of a column's every value; the value 0 stands for none and is left out."""
    values, places = shelf.values_of(column)
    numbers = np.bincount(places[unpacked(bits, shelf.size)], minlength=len(values))
    return {str(value): int(n) for value, n in zip(values, numbers, strict=True) if value and n}


def page(shelf: Edition, bits: Bits, sort: str, after: tuple[int, int] | None, size: int) -> tuple[list[int], Any]:
    """Slots of the next cases after a place (sort key, slot), and the place of the last of them; None at the end."""
    order = shelf.order[sort]
    keys, slots = shelf.sorted_keys(sort)
    start = _start(keys, slots, after) if after else 0
    chosen: list[int] = []
    mask = unpacked(bits, shelf.size)
    step = 4096
    while len(chosen) <= size and start < len(order):
        window = order[start : start + step]
        chosen += (np.flatnonzero(mask[window])[: size + 1 - len(chosen)] + start).tolist()
        start, step = start + step, step * 4
    shown = chosen[:size]
    last = shown[-1] if len(chosen) > size else None
    return [int(slots[place]) for place in shown], None if last is None else (int(keys[last]), int(slots[last]))


def _start(keys: Any, slots: Any, after: tuple[int, int]) -> int:
    """The first place that stands behind the given one, whether that one is still there or not."""
    low, high = (int(np.searchsorted(keys, after[0], side)) for side in ("left", "right"))
    return low + int(np.searchsorted(slots[low:high], after[1], "right"))
