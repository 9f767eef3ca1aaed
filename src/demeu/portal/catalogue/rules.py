"""The published fair order of cases and the bands of what is left to raise. Pure.

Points: category of need (1 is the sharpest), urgency, waiting time, how little has been given, and a little chance that
changes every day. No place can be bought: nothing else counts.
"""

import hashlib
from datetime import date

POINTS_PER_CATEGORY = 10
URGENCY_POINTS = {"emergency": 30, "high": 15, "normal": 0}
WAITING_POINTS_MAX, WAITING_DAYS_MAX = 30, 180
LEAST_FUNDED_POINTS_MAX = 20
CHANCE_POINTS_MAX = 10
CHANCE_STEPS = 65536

# The public texts of a case and their lengths in characters.
LANGS = ("kk", "ru", "en")
TEXT_FIELDS = tuple(f"{part}_{lang}" for part in ("title", "story") for lang in LANGS)
LENGTH_MAX = {"title": 160, "story": 2000}
LENGTH_LEAST = {"title": 10, "story": 20}

LONG_WAIT_DAYS = 90
FORGOTTEN_DAYS, FORGOTTEN_SHARE_MAX = 60, 0.2

# Bands of what is left to raise, in tiyn: from (exclusive), to (inclusive); None = open.
LEFT_BANDS: dict[str, tuple[int, int | None]] = {
    "to50": (0, 5_000_000),
    "to200": (5_000_000, 20_000_000),
    "over200": (20_000_000, None),
}

# Filter tags of the concept, chapter 4: groups, subgroups and attributes any of which makes a case match.
TAGS: dict[str, tuple[frozenset[str], frozenset[str], tuple[str, ...]]] = {
    "children": (
        frozenset({"children_youth"}),
        frozenset({"grandparents_raising"}),
        ("children", "large_family", "pupil", "child_home_schooled"),
    ),
    "emergencies": (frozenset(), frozenset({"natural_disaster_victims"}), ("emergency",)),
    "debts": (frozenset(), frozenset(), ("debts",)),
    "disability": (frozenset({"people_disability"}), frozenset({"children_disability"}), ("disability",)),
}


def chance(number: str, day: date) -> float:
    """0–10 points for a case on a day; the same for everybody who looks that day."""
    digest = hashlib.md5(f"{number}{day.isoformat()}".encode(), usedforsecurity=False).hexdigest()
    return CHANCE_POINTS_MAX * int(digest[:4], 16) / CHANCE_STEPS


def fair_points(
    *,
    number: str,
    category: int | None,
    urgency: str,
    waiting_days: int,
    needed_tiyn: int,
    collected_tiyn: int,
    day: date,
) -> float:
    """Points of one case on a day; the list runs from most to least. An unknown category counts as 3."""
    waiting = WAITING_POINTS_MAX * min(max(waiting_days, 0), WAITING_DAYS_MAX) / WAITING_DAYS_MAX
    missing = 1 - min(collected_tiyn / needed_tiyn, 1) if needed_tiyn else 0
    need = POINTS_PER_CATEGORY * (6 - (category or 3))
    return need + URGENCY_POINTS[urgency] + waiting + LEAST_FUNDED_POINTS_MAX * missing + chance(number, day)
