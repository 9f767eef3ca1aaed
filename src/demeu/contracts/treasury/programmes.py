"""Programmes that one can give to, as dated data: which groups and regions each helps, and between which days.

A programme is never edited: a change is a new code beside it. Our own choice, published so that it can be checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from demeu.contracts.words import NeedGroup


@dataclass(frozen=True)
class Programme:
    """Needs of these groups, in these regions (first digits of their КАТО; none = the whole country)."""

    groups: tuple[NeedGroup, ...]
    since: date
    until: date | None = None
    regions: tuple[str, ...] = ()

    def takes(self, *, group: str, region_kato: str) -> bool:
        """Whether a need belongs to it."""
        return group in self.groups and (not self.regions or region_kato.startswith(self.regions))

    def is_open(self, day: date) -> bool:
        """Whether gifts are taken on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


FIRST = date(2026, 11, 1)
PROGRAMMES: Mapping[str, Programme] = MappingProxyType(
    {
        "growing_up": Programme((NeedGroup.CHILDREN_YOUTH,), FIRST),
        "care_at_home": Programme((NeedGroup.OLDER_PEOPLE, NeedGroup.PEOPLE_DISABILITY), FIRST),
        "treatment": Programme((NeedGroup.SEVERE_ILLNESS,), FIRST),
        "safe_roof": Programme((NeedGroup.EMERGENCY_VIOLENCE_VICTIMS, NeedGroup.POOR_HOMELESS), FIRST),
    }
)
