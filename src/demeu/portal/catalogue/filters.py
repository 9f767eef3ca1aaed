"""What a visitor asked the catalogue for, read from the address. Pure. An unknown value finds nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from demeu.contracts.words import NeedGroup, Urgency
from demeu.portal.catalogue.rules import LEFT_BANDS, TAGS
from demeu.portal.ui.regions import REGIONS as KNOWN_REGIONS

COUNTRY = "00"
REGIONS = frozenset(KNOWN_REGIONS) | {COUNTRY}
STAGES = ("open", "way", "done")
SORTS = ("fair", "waiting", "least", "new")
QUERY_LENGTH_MAX = 80
ALLOWED: dict[str, frozenset[str]] = {
    "group": frozenset(str(group) for group in NeedGroup),
    "region": REGIONS,
    "urgency": frozenset(str(urgency) for urgency in Urgency),
    "tag": frozenset(TAGS),
    "left": frozenset(LEFT_BANDS),
    "waiting": frozenset({"90"}),
}


@dataclass(frozen=True)
class Wanted:
    """The filters of one address. `unknown`: some value is not on the list, so nothing is found."""

    group: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    urgency: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
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
        return self.unknown or bool(self.words) or any(getattr(self, facet) for facet in ALLOWED)

    @property
    def query(self) -> str:
        """The address's query that finds the same."""
        pairs = [(facet, value) for facet in ALLOWED for value in sorted(getattr(self, facet))]
        pairs += [("q", self.words)] if self.words else []
        pairs += [("stage", self.stage)] if self.stage != "open" else []
        pairs += [("sort", self.sort)] if self.sort != "fair" else []
        return urlencode(pairs)


def read(query: Mapping[str, Iterable[str]]) -> Wanted:
    """Read `group`, `region`, `urgency`, `tag`, `left`, `waiting` (each may repeat), `q`, `stage`, `sort`."""
    given = {facet: frozenset(filter(None, query.get(facet, ()))) for facet in ALLOWED}
    given["region"] = frozenset(code[:2] if len(code) == 9 else code for code in given["region"])
    stage, sort = _last(query, "stage", "open"), _last(query, "sort", "fair")
    unknown = stage not in STAGES or sort not in SORTS or any(given[facet] - ALLOWED[facet] for facet in ALLOWED)
    return Wanted(
        **{facet: given[facet] & ALLOWED[facet] for facet in ALLOWED},
        words=" ".join(_last(query, "q", "").replace("\x00", "").split())[:QUERY_LENGTH_MAX],
        stage=stage if stage in STAGES else "open",
        sort=sort if sort in SORTS else "fair",
        unknown=unknown,
    )


def _last(query: Mapping[str, Iterable[str]], name: str, otherwise: str) -> str:
    values = list(query.get(name, ()))
    return values[-1] or otherwise if values else otherwise
