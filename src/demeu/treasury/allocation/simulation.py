"""What a rule would do: days of needs and gifts drawn from a seed, allocated by the very code that allocates. Pure.

Keeps nothing and knows no real case. Two rules get the same needs and the same gifts.
"""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID

from demeu.treasury.allocation.rules import PPM, RULES, Candidate, Rule, Wish
from demeu.treasury.allocation.sharing import Offer, share_all

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
GROUPS = tuple(RULES["2026-2"].group)
REGIONS = tuple(str(code) for code in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79))
URGENCIES = ("emergency",) + ("high",) * 5 + ("normal",) * 14
NEED_TIYN = (2_000_000, 60_000_000)
GIFT_TIYN = (50_000, 5_000_000)


@dataclass(frozen=True)
class World:
    """How much is drawn: so many days, needs and gifts a day; the same seed is the same world."""

    seed: int
    days: int
    needs_a_day: int
    gifts_a_day: int


@dataclass(frozen=True)
class Outcome:
    """What became of the needs under one rule. Shares in millionths, waiting in whole days.

    `gini_ppm` is of the shares that cases got of what they ask for: 0 when all got the same share. Waiting counts only
    needs that were filled; `unfilled` says how many were not.
    """

    rule: str
    needs: int
    given_tiyn: int
    funded_ppm: int
    gini_ppm: int
    filled: int
    unfilled: int
    wait_median_days: int
    wait_ninth_decile_days: int
    emergency_wait_median_days: int
    region_spread_ppm: int

    def as_json(self) -> dict[str, object]:
        """For a report."""
        return asdict(self)


def simulate(world: World, rule: Rule) -> Outcome:
    """One world under one rule, day after day."""
    draw = random.Random(world.seed)  # noqa: S311 - a play world, the same for both rules
    needs: dict[UUID, Candidate] = {}
    open_: set[UUID] = set()
    filled_on: dict[UUID, int] = {}
    free: list[Offer] = []
    for day in range(world.days):
        at = FIRST_DAY + timedelta(days=day)
        for number in range(world.needs_a_day):
            need = _need(draw, day * world.needs_a_day + number, at)
            needs[need.item] = need
            open_.add(need.item)
        free += [_offer(draw, day * world.gifts_a_day + number, at) for number in range(world.gifts_a_day)]
        shared = share_all(free, [needs[item] for item in open_], at=at, rule=rule)
        for share in (share for shares in shared.values() for share in shares):
            needs[share.item] = _with(needs[share.item], share.amount_tiyn)
            if share.fills:
                open_.discard(share.item)
                filled_on[share.item] = day
        free = _left(free, {gift: sum(one.amount_tiyn for one in shares) for gift, shares in shared.items()})
    return _outcome(rule, list(needs.values()), filled_on)


def gini_ppm(shares_ppm: Sequence[int]) -> int:
    """Gini coefficient in millionths, exact but for its last division: 0 equal, towards 1 000 000 all to one."""
    ordered = sorted(shares_ppm)
    count, total = len(ordered), sum(ordered)
    if total == 0:
        return 0
    weighted = sum(place * share for place, share in enumerate(ordered, 1))
    return PPM * (2 * weighted - (count + 1) * total) // (count * total)


def _need(draw: random.Random, number: int, at: datetime) -> Candidate:
    case = UUID(int=(1 << 64) + number)
    amount = draw.randint(*NEED_TIYN)
    region = draw.choice(REGIONS[: 1 + int(len(REGIONS) * draw.random())])
    group, urgency = draw.choice(GROUPS), draw.choice(URGENCIES)
    return Candidate(case, case, group, f"{region}0000000", urgency, at, 0, amount, amount, 0)


def _offer(draw: random.Random, number: int, at: datetime) -> Offer:
    drawn = draw.random()
    wish = Wish("fund")
    if drawn < 0.2:
        wish = Wish("group", code=draw.choice(GROUPS), fallback="same_group")
    elif drawn < 0.4:
        wish = Wish("region", code=f"{draw.choice(REGIONS)}0000000")
    return Offer(UUID(int=number), at, draw.randint(*GIFT_TIYN), wish)


def _with(need: Candidate, amount_tiyn: int) -> Candidate:
    funded = need.case_funded_tiyn + amount_tiyn
    return replace(need, lacks_tiyn=need.lacks_tiyn - amount_tiyn, case_funded_tiyn=funded)


def _left(free: Sequence[Offer], spent_tiyn: dict[UUID, int]) -> list[Offer]:
    left = [replace(one, amount_tiyn=one.amount_tiyn - spent_tiyn.get(one.gift, 0)) for one in free]
    return [one for one in left if one.amount_tiyn]


def _outcome(rule: Rule, needs: Sequence[Candidate], filled_on: dict[UUID, int]) -> Outcome:
    shares = [PPM * need.case_funded_tiyn // need.case_asked_tiyn for need in needs]
    waits = {need.item: filled_on[need.item] - (need.opened_at - FIRST_DAY).days for need in needs
             if need.item in filled_on}  # fmt: skip
    urgent = [waits[need.item] for need in needs if need.urgency == "emergency" and need.item in waits]
    asked, given = sum(need.case_asked_tiyn for need in needs), sum(need.case_funded_tiyn for need in needs)
    regions = [_funded_ppm([one for one in needs if one.region_kato[:2] == region]) for region in REGIONS]
    known = [share for share in regions if share is not None]
    ordered = sorted(waits.values())
    return Outcome(
        rule=rule.version,
        needs=len(needs),
        given_tiyn=given,
        funded_ppm=PPM * given // asked if asked else 0,
        gini_ppm=gini_ppm(shares),
        filled=len(waits),
        unfilled=len(needs) - len(waits),
        wait_median_days=int(median(ordered)) if ordered else 0,
        wait_ninth_decile_days=ordered[len(ordered) * 9 // 10] if ordered else 0,
        emergency_wait_median_days=int(median(urgent)) if urgent else 0,
        region_spread_ppm=max(known) - min(known) if known else 0,
    )


def _funded_ppm(needs: Sequence[Candidate]) -> int | None:
    asked = sum(need.case_asked_tiyn for need in needs)
    return PPM * sum(need.case_funded_tiyn for need in needs) // asked if asked else None
