"""Places as the templates draw them: where each stands, its step of colour, its words."""

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from demeu.kernel.money import format_tenge
from demeu.portal.maps import rules, wording
from demeu.portal.maps.queries import Figures
from demeu.portal.statistics.wording import HIDDEN
from demeu.portal.ui.regions import REGIONS
from demeu.portal.ui.wording import grouped, language

TILE_PX = 104
Place = tuple[str, str, Figures]
_STEP = re.compile(r"-?\d+")


def written(value: float | None, measure: str) -> str:
    """A figure in the unit of its measure."""
    if value is None:
        return str(HIDDEN)
    if measure in ("money", "rest"):
        return format_tenge(int(value), language())
    if measure == "share":
        return f"{value:.0f}\u00a0%"
    return grouped(int(value))


def brief(value: float | None, measure: str) -> str:
    """The same where there is room for a few signs only: sums in thousands or millions of tenge."""
    if value is None:
        return "…"
    if measure not in ("money", "rest"):
        return written(value, measure)
    tenge = value / 100
    word = {"kk": ("млн", "мың"), "en": ("M", "k")}.get(language(), ("млн", "тыс."))
    if tenge >= 1_000_000:
        return f"{tenge / 1_000_000:.1f}\u00a0{word[0]}".replace(".", "." if language() == "en" else ",", 1)
    return f"{tenge / 1000:.0f}\u00a0{word[1]}" if tenge >= 1000 else grouped(int(tenge))


def drawn(places: Iterable[Place], measure: str) -> list[dict[str, Any]]:
    """Each place with its step, words and address; regions also with their tile and their circle."""
    rows = list(places)
    values = [figures[measure] or 0 for _code, _name, figures in rows]
    begins, most = rules.limits(values), max(values, default=0)
    return [_drawn(code, name, figures, measure, begins, most) for code, name, figures in rows]


def _drawn(code: str, name: str, figures: Figures, measure: str, begins: list[float], most: float) -> dict[str, Any]:
    value = figures[measure]
    row = {
        "code": code,
        "name": name,
        "step": rules.step_of(value, begins),
        "text": written(value, measure),
        "brief": brief(value, measure),
        "figures": {key: written(figure, key) for key, figure in figures.items()},
        "value": value or 0,
    }
    region = REGIONS.get(code)
    if region is None:
        return row
    column, line = rules.TILES[code]
    x, y = region.place()
    return row | {
        "short": wording.SHORT[code],
        "tile": {"x": column * TILE_PX, "y": line * TILE_PX},
        "bubble": {"x": round(x, 1), "y": round(y, 1), "r": rules.radius_px(value or 0, most)},
        "lat": region.lat,
        "lon": region.lon,
        "href": reverse("maps:region", args=[code]),
    }


def keys(places: Iterable[Place], measure: str) -> list[dict[str, Any]]:
    """The steps of colour in words, the least first; those that no place has are left out."""
    values = sorted(figures[measure] or 0 for _code, _name, figures in places)
    begins = rules.limits(values)
    by_step: dict[int, list[float]] = {}
    for value in values:
        by_step.setdefault(rules.step_of(value, begins), []).append(value)
    return [
        {"step": step, "from": brief(found[0], measure), "to": brief(found[-1], measure)}
        for step, found in sorted(by_step.items())
    ]


def box_of(paths: Iterable[str]) -> str:
    """The `viewBox` around these paths (written by `shapes`: absolute moves, relative lines)."""
    xs: list[int] = []
    ys: list[int] = []
    for path in paths:
        for ring in path.split("M")[1:]:
            numbers = [int(number) for number in _STEP.findall(ring)]
            x = y = 0
            for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + right, y + down
                xs.append(x)
                ys.append(y)
    if not xs:
        return "0 0 1000 560"
    edge = max(max(xs) - min(xs), max(ys) - min(ys)) // 40
    return f"{min(xs) - edge} {min(ys) - edge} {max(xs) - min(xs) + 2 * edge} {max(ys) - min(ys) + 2 * edge}"
