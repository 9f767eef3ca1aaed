"""Bars and dots as inline SVG without text: labels and figures stand beside them and grow with the reader's type."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from lxml.html.builder import E

Node: TypeAlias = Any  # an element of a page; lxml's builder has no types
TICK = 0.6


def bar(share: float | None, kind: str, tick: float | None = None) -> Node:
    """A bar of a share (0 … 1) on its track; an empty track for a hidden one. `tick`: a mark to compare with."""
    drawn = [_box("track", 0, 100)]
    if share is not None:
        drawn.append(_box(kind, 0, 100 * min(max(share, 0.0), 1.0)))
    if tick is not None:
        drawn.append(_box("tick", 100 * min(max(tick, 0.0), 1.0) - TICK / 2, TICK))
    return _picture("0 0 100 12", drawn, stretched=True)


def dots(first: float | None, second: float | None, tick: float | None, most: float) -> Node:
    """Two dots on one line, before and after, against the mark of all; shares of `most`."""
    places = [
        (100 * share / most if most else 0.0, kind)
        for share, kind in ((first, "first"), (second, "second"))
        if share is not None
    ]
    drawn = [E("rect", {"class": "track", "x": "0", "y": "9", "width": "200", "height": "2"})]
    if tick is not None and most:
        drawn.append(
            E("rect", {"class": "tick", "x": f"{200 * tick / most:.2f}", "y": "3", "width": "1.5", "height": "14"})
        )
    drawn += [
        E("circle", {"class": kind, "cx": f"{6 + 1.88 * place:.2f}", "cy": "10", "r": "5"}) for place, kind in places
    ]
    return _picture("0 0 200 20", drawn, stretched=False)


def swatch(kind: str) -> Node:
    """The colour of a set of rules, for the key."""
    return _picture(
        "0 0 14 14", [E("rect", {"class": kind, "width": "14", "height": "14", "rx": "2"})], stretched=False
    )


def _box(kind: str, left: float, width: float) -> Node:
    return E("rect", {"class": kind, "x": f"{left:.3f}", "y": "0", "width": f"{width:.3f}", "height": "12"})


def _picture(box: str, drawn: Sequence[Node], *, stretched: bool) -> Node:
    asked = {"viewBox": box, "aria-hidden": "true", "focusable": "false"}
    if stretched:
        asked["preserveAspectRatio"] = "none"
    return E("svg", asked, *drawn)
