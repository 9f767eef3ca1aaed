"""Results of school checks in the demo: counts for the figures, without families behind them. Always the same."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from demeu.roles.demo.people import member, reference

FIRST = datetime(2026, 9, 7, 4, 0, tzinfo=UTC)
DAYS = 70
# region → schools, requests a school at most, of a hundred requests those of category 6
PILOT = {"35": (18, 30, 9), "79": (13, 26, 8), "19": (4, 5, 5)}


def demo_checks() -> list[dict[str, Any]]:
    """One row per check with a result; ids are fixed. Schools are invented, the pedagogue's own is among them."""
    chance = random.Random("demo school checks")
    rows: list[dict[str, Any]] = []
    for region, (schools, requests_max, of_hundred) in PILOT.items():
        for school in range(1, schools + 1):
            for number in range(1, chance.randint(requests_max // 3, requests_max) + 1):
                at = FIRST + timedelta(days=chance.randint(0, DAYS), minutes=chance.randint(0, 500))
                six = chance.randint(1, 100) <= of_hundred
                rows.append(_row(len(rows) + 1, region, school, number, at, 6 if six else chance.randint(1, 5)))
    return rows


def _row(place: int, region: str, school: int, number: int, at: datetime, category: int) -> dict[str, Any]:
    own = member("pedagogue").organization if (region, school) == ("35", 1) else None
    return {
        "check": str(reference(6, place)),
        "school": own or f"Школа № {school + 20} (демо)",
        "region_kato": f"{region}0000000",
        "number": f"{number}",
        "category": category,
        "assessed_at": at.isoformat(),
    }
