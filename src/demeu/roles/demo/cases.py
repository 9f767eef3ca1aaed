"""Published cases of the demo, with gifts in every state: made from archetypes by arithmetic, always the same."""

import random
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from demeu.portal.wishes.prices import price_list
from demeu.roles.demo.people import member, reference

OPENED = datetime(2026, 8, 1, 6, 0, tzinfo=UTC)
WAITING_DAYS_MAX = 75
ROUND_TIYN = 50_000


@lru_cache(maxsize=1)
def demo_cases() -> list[dict[str, Any]]:
    """Every case with its items and gifts; ids are fixed."""
    archetypes = yaml.safe_load((Path(__file__).parent / "archetypes.yaml").read_text())
    places = [(archetype, region) for archetype in archetypes for region in archetype["regions"]]
    chance = random.Random("demo country")
    chance.shuffle(places)
    return [_case(number, archetype, region, chance) for number, (archetype, region) in enumerate(places, start=1)]


def _case(number: int, archetype: dict[str, Any], region: str, chance: random.Random) -> dict[str, Any]:
    opened = OPENED + timedelta(days=chance.randint(0, WAITING_DAYS_MAX), minutes=chance.randint(0, 600))
    items = [_item(number, place, code, quantity) for place, (code, quantity) in enumerate(archetype["items"], start=1)]
    return {
        "case": str(reference(3, number)),
        "number": f"26-{10_000 + number * 13}",
        "group": archetype["group"],
        "subgroup": archetype["subgroup"],
        "household_type": archetype["household_type"],
        "age_band": archetype["age_band"],
        "attributes": archetype["attributes"],
        "urgency": archetype["urgency"],
        "region_kato": f"{region}0000000",
        "category": chance.choice([1, 1, 2, 2, 3]),
        "curator": str(member("curator").ref),
        "volunteer": str(member("volunteer").ref),
        "verified_by": f"{member('curator').organization}; {member('volunteer').organization}",
        "visited_on": (opened - timedelta(days=chance.randint(2, 9))).date().isoformat(),
        "opened_at": opened.isoformat(),
        "texts": {lang: archetype[lang] for lang in ("kk", "ru", "en")},
        "items": items,
        "gifts": _gifts(number, items, opened, chance),
    }


def _item(number: int, place: int, code: str, quantity: int) -> dict[str, Any]:
    line = price_list().price(code)
    return {
        "item": str(reference(4, number * 100 + place)),
        "code": code,
        "quantity": quantity,
        "unit_price_tiyn": line.unit_price_tiyn,
        "amount_tiyn": quantity * line.unit_price_tiyn,
        "position": place,
    }


def _gifts(number: int, items: list[dict[str, Any]], opened: datetime, chance: random.Random) -> list[dict[str, Any]]:
    """The first items are further on than the last; some cases are forgotten and have almost nothing."""
    plans = chance.choice((("held",), ("delivered", "held"), ("delivered", "paid", "held", "received")))
    gifts: list[dict[str, Any]] = []
    for item, stage in zip(items, plans, strict=False):
        whole = stage in ("delivered", "paid")
        share = 1.0 if whole else chance.uniform(0.05, 0.6)
        wanted = (
            item["amount_tiyn"]
            if whole
            else max(ROUND_TIYN, int(item["amount_tiyn"] * share) // ROUND_TIYN * ROUND_TIYN)
        )
        for part in _split(wanted, chance):
            place = len(gifts) + 1
            gifts.append(
                {
                    "gift": str(reference(5, number * 1000 + place)),
                    "item": item["item"],
                    "amount_tiyn": part,
                    "at": (opened + timedelta(days=chance.randint(1, 20), minutes=place)).isoformat(),
                    "stage": stage,
                }
            )
    return gifts


def _split(amount_tiyn: int, chance: random.Random) -> list[int]:
    """A sum as several gifts of round size and a rest."""
    parts: list[int] = []
    while amount_tiyn > 0:
        part = min(amount_tiyn, chance.choice([500_00, 1_000_00, 5_000_00, 15_000_00, 50_000_00, 150_000_00]))
        if len(parts) == 5:
            part = amount_tiyn
        parts.append(part)
        amount_tiyn -= part
    return parts
