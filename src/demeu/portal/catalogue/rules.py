"""The published fair order of cases and the bands of what is left to raise. Pure.

Points: category of need (1 is the sharpest), urgency, waiting time, how little has been given, and a little chance that
changes every day. No place can be bought: nothing else counts.
"""

import hashlib
from datetime import date
from typing import Any

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


def seed_of(text: str) -> int:
    """The first 32 bits of MD5: where the little chance of a case or of a day begins."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def chance_of_seed(seed: Any, day: date) -> Any:
    """0–65535 for a case's seed (a number, or an array of uint64) on a day; the same for everybody who looks."""
    return (((seed ^ seed_of(day.isoformat())) * 2654435761) & 0xFFFFFFFF) >> 16


def fair_points_milli(
    *,
    number: str,
    category: int | None,
    urgency: str,
    waiting_days: int,
    share_millionths: int,
    day: date,
) -> int:
    """Points of one case on a day, in thousandths; the list runs from most to least. An unknown category counts as 3.

    `share_millionths`: how much of what is needed has been given. Halves are cut off, never rounded up.
    """
    waiting = 1000 * WAITING_POINTS_MAX * min(max(waiting_days, 0), WAITING_DAYS_MAX) // WAITING_DAYS_MAX
    missing = 1000 * LEAST_FUNDED_POINTS_MAX * (1_000_000 - share_millionths) // 1_000_000
    need = 1000 * (POINTS_PER_CATEGORY * (6 - (category or 3)) + URGENCY_POINTS[urgency])
    luck = 1000 * CHANCE_POINTS_MAX * int(chance_of_seed(seed_of(number), day)) // CHANCE_STEPS
    return need + waiting + missing + luck


def share_millionths(needed_tiyn: int, collected_tiyn: int) -> int:
    """How much of what is needed has been given, in millionths; 0 when nothing is needed."""
    return min(collected_tiyn, needed_tiyn) * 1_000_000 // needed_tiyn if needed_tiyn else 0
