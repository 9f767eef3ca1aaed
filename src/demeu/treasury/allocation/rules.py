"""The published rules of allocation as dated data, and the place that each gives a need. Pure, whole numbers only.

A rule is never edited: a change is a new version beside it. docs/services/treasury.md says the same in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

PPM = 1_000_000
EMERGENCY = "emergency"


@dataclass(frozen=True)
class Rule:
    """Points of a need; the most points go first. Every weight is a whole number of points.

    `day` for each full day since the case was opened, at most `days_max`; `least_funded` for a case that has nothing,
    falling to 0 as it fills; `region` for a region that has nothing while the country has all, falling to 0 when the
    region has as large a share of its needs as the country.
    """

    version: str
    urgency: Mapping[str, int]
    group: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    day: int = 0
    days_max: int = 0
    least_funded: int = 0
    region: int = 0

    @property
    def points_max_without_emergency(self) -> int:
        """The most that a need can have which is no emergency."""
        urgency = max(points for name, points in self.urgency.items() if name != EMERGENCY)
        group = max(self.group.values(), default=0)
        return urgency + group + self.day * self.days_max + self.least_funded + self.region


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "2026-1": Rule(version="2026-1", urgency=MappingProxyType({EMERGENCY: 2, "high": 1, "normal": 0})),
        "2026-2": Rule(
            version="2026-2",
            urgency=MappingProxyType({EMERGENCY: 1000, "high": 30, "normal": 0}),
            group=MappingProxyType(
                {
                    "severe_illness": 20,
                    "emergency_violence_victims": 20,
                    "people_disability": 15,
                    "children_youth": 15,
                    "poor_homeless": 10,
                    "older_people": 10,
                    "ex_prisoners_addictions": 5,
                }
            ),
            day=1,
            days_max=60,
            least_funded=20,
            region=20,
        ),
    }
)
VERSION = "2026-2"


@dataclass(frozen=True)
class Candidate:
    """An open item and what it lacks (> 0). `case_asked` and `case_funded` are of all items of its case."""

    item: UUID
    case: UUID
    group: str
    region_kato: str
    urgency: str
    opened_at: datetime
    position: int
    lacks_tiyn: int
    case_asked_tiyn: int = 0
    case_funded_tiyn: int = 0


@dataclass(frozen=True)
class Wish:
    """What the donor chose. `case`, `group` and `region` describe the chosen case, for the fallback."""

    kind: str
    target: UUID | None = None
    code: str = ""
    fallback: str = "most_urgent"
    group: str = ""
    region_kato: str = ""
    case: UUID | None = None


@dataclass(frozen=True)
class Points:
    """Why a need stands where it stands: points by reason, and their sum."""

    urgency: int
    group: int
    days: int
    least_funded: int
    region: int
    total: int = field(init=False)

    def __post_init__(self) -> None:
        """The sum is asked for a million times."""
        total = self.urgency + self.group + self.days + self.least_funded + self.region
        object.__setattr__(self, "total", total)


@dataclass(frozen=True)
class Standing:
    """How much of their needs regions and the country have got, in millionths."""

    regions_ppm: Mapping[str, int]
    country_ppm: int


def standing_of(candidates: Iterable[Candidate]) -> Standing:
    """From the cases of these candidates, each counted once."""
    cases: dict[UUID, tuple[str, int, int]] = {}
    for one in candidates:
        stands = (one.region_kato[:2], one.case_asked_tiyn, one.case_funded_tiyn)
        cases[one.case] = max(cases.get(one.case, stands), stands)
    asked: dict[str, int] = {}
    funded: dict[str, int] = {}
    for region, wants, has in cases.values():
        asked[region] = asked.get(region, 0) + wants
        funded[region] = funded.get(region, 0) + has
    regions = {region: _ppm(funded[region], wants) for region, wants in asked.items()}
    return Standing(regions, _ppm(sum(funded.values()), sum(asked.values())))


def points_of(candidate: Candidate, rule: Rule, standing: Standing, at: datetime) -> Points:
    """Points of one need at a moment."""
    days = max((at - candidate.opened_at).days, 0)
    has_ppm = _ppm(candidate.case_funded_tiyn, candidate.case_asked_tiyn)
    behind_ppm = max(standing.country_ppm - standing.regions_ppm.get(candidate.region_kato[:2], 0), 0)
    return Points(
        urgency=rule.urgency[candidate.urgency],
        group=rule.group.get(candidate.group, 0),
        days=rule.day * min(days, rule.days_max),
        least_funded=rule.least_funded * (PPM - has_ppm) // PPM,
        region=rule.region * behind_ppm // PPM,
    )


def in_turn(candidates: Iterable[Candidate], rule: Rule, at: datetime) -> list[tuple[Candidate, Points]]:
    """Candidates with their points, first in turn first: points, then the case opened earliest, place in it, id."""
    listed = list(candidates)
    standing = standing_of(listed)
    pointed = [(one, points_of(one, rule, standing, at)) for one in listed]
    return sorted(pointed, key=_turn)


def region_prefix(kato: str) -> str:
    """The part of a КАТО code that names the place: trailing pairs of zeros are left out («750000000» → «75»)."""
    prefix = kato
    while len(prefix) > 2 and (prefix.endswith("00") or (len(prefix) % 2 and prefix.endswith("0"))):
        prefix = prefix[:-2] if prefix.endswith("00") else prefix[:-1]
    return prefix


def scopes_of(wish: Wish) -> Sequence[tuple[str, str, object]]:
    """Where a gift may go, in order: name of the scope, what it selects by, and the value.

    The donor's own choice first, then the fallback chosen at gift time; what has neither waits with its gift.
    """
    own = _own_scope(wish)
    if own is None:
        return ()
    if wish.fallback == "most_urgent":
        return (own,) if wish.kind == "fund" else (own, ("fallback:most_urgent", "all", None))
    if wish.fallback == "same_group":
        return (own, ("fallback:same_group", "group", wish.group or wish.code))
    if wish.fallback == "same_region":
        return (own, ("fallback:same_region", "region", (wish.region_kato or wish.code)[:2]))
    return (own,)


def _own_scope(wish: Wish) -> tuple[str, str, object] | None:
    """What the donor chose; None for money that is not for needs at all."""
    kind = wish.kind
    if kind == "fund":
        return (kind, "all", None)
    if kind in ("item", "case"):
        return (kind, kind, wish.target)
    if kind in ("group", "programme"):
        return (kind, kind, wish.code)
    return (kind, kind, region_prefix(wish.code)) if kind == "region" else None


def _turn(pointed: tuple[Candidate, Points]) -> tuple[int, datetime, UUID, int, UUID]:
    candidate, points = pointed
    return (-points.total, candidate.opened_at, candidate.case, candidate.position, candidate.item)


def _ppm(part: int, whole: int) -> int:
    return min(PPM * part // whole, PPM) if whole > 0 else 0
