"""What a visitor asked the catalogue for, read from the address. Pure. An unknown value finds nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from demeu.portal.catalogue import codes

STAGES = ("open", "way", "done")
SORTS = ("fair", "waiting", "least", "new")
QUERY_LENGTH_MAX = 80
ALLOWED: dict[str, frozenset[str]] = {
    "group": frozenset(codes.GROUPS),
    "subgroup": frozenset(codes.SUBGROUPS),
    "region": frozenset(codes.REGION_NUMBERS),
    "urgency": frozenset(codes.URGENCIES),
    "tag": frozenset(codes.TAG_BITS),
    "left": frozenset(codes.LEFT),
    "kind": frozenset(codes.KIND_BITS),
    "waiting": frozenset(codes.WAITING_DAYS),
}
# Facets whose values stand in the tables: a number that stands there for nothing finds nothing.
NUMBERED = {"district": 9, "verifier": 4}
FACETS = (*ALLOWED, *NUMBERED)


@dataclass(frozen=True)
class Wanted:
    """The filters of one address. `unknown`: some value is not on the list, so nothing is found."""

    group: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    urgency: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    subgroup: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    district: frozenset[str] = frozenset()
    verifier: frozenset[str] = frozenset()
    words: str = ""
    stage: str = "open"
    sort: str = "fair"
    unknown: bool = False

    def without(self, *facets: str) -> "Wanted":
        """The same search with some filters lifted."""
        lifted: dict[str, Any] = {name: "" if name == "words" else frozenset() for name in facets}
        return replace(self, unknown=False, **lifted)

    @property
    def any(self) -> bool:
        """Whether anything at all is filtered."""
        return self.unknown or bool(self.words) or any(getattr(self, facet) for facet in FACETS)

    @property
    def query(self) -> str:
        """The address's query that finds the same."""
        pairs = [(facet, value) for facet in FACETS for value in sorted(getattr(self, facet))]
        pairs += [("q", self.words)] if self.words else []
        pairs += [("stage", self.stage)] if self.stage != "open" else []
        pairs += [("sort", self.sort)] if self.sort != "fair" else []
        return urlencode(pairs)


def read(query: Mapping[str, Iterable[str]]) -> Wanted:
    """Read `group`, `subgroup`, `region`, `district`, `urgency`, `tag`, `left`, `kind`, `waiting`, `verifier` (each may
    repeat), `q`, `stage`, `sort`."""
    given = {facet: frozenset(filter(None, query.get(facet, ()))) for facet in FACETS}
    given["region"] = frozenset(code[:2] if len(code) == 9 else code for code in given["region"])
    stage, sort = _last(query, "stage", "open"), _last(query, "sort", "fair")
    known = {facet: frozenset(filter(lambda value: _known(facet, value), given[facet])) for facet in FACETS}
    return Wanted(
        **known,
        words=" ".join(_last(query, "q", "").replace("\x00", "").split())[:QUERY_LENGTH_MAX],
        stage=stage if stage in STAGES else "open",
        sort=sort if sort in SORTS else "fair",
        unknown=stage not in STAGES or sort not in SORTS or known != given,
    )


def _known(facet: str, value: str) -> bool:
    if facet in NUMBERED:
        return value.isascii() and value.isdigit() and 0 < len(value) <= NUMBERED[facet] and int(value) > 0
    return value in ALLOWED[facet]


def place_after(text: str) -> tuple[int, int] | None:
    """The place behind which a page begins, as `next` links write it: sort key and slot; None for the first page."""
    key, _, slot = text.partition(".")
    try:
        found = int(key), int(slot)
    except ValueError:
        return None
    return found if all(abs(number) < 2**31 for number in found) else None


def _last(query: Mapping[str, Iterable[str]], name: str, otherwise: str) -> str:
    values = list(query.get(name, ()))
    return values[-1] or otherwise if values else otherwise
