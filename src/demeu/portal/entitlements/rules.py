"""Does a state service already cover a need? Pure. Category 6 loses local budgets only (BAQ.KZ, 20.11.2025)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

HIGHEST_CATEGORY = 6


class Cover(StrEnum):
    """How sure the answer is."""

    COVERED = "covered"
    MAY_BE = "may_be"
    LOST_BY_CATEGORY = "lost_by_category"


@dataclass(frozen=True)
class Service:
    """One of the eleven services, as dated data."""

    number: int
    names: dict[str, str]
    who: frozenset[str]
    needs: frozenset[str]
    condition_known: bool
    budget: str
    term_working_days: int | None
    source: str


@dataclass(frozen=True)
class Entitlement:
    """One service that has to do with one need of this family."""

    service: Service
    need: str
    cover: Cover


def grounds(attributes: Sequence[str], income_per_member_tiyn: int | None, minimum_tiyn: int | None) -> list[str]:
    """The attributes with the pupils' grounds that follow: АСП, income below the subsistence minimum, orphans.

    Source: the five categories of pupils (standard.kz, informburodata.com). Below the minimum only when both are known.
    """
    found = set(attributes)
    if "pupil" in found:
        if "asp_recipient" in found:
            found.add("pupil_asp")
        elif income_per_member_tiyn is not None and minimum_tiyn and income_per_member_tiyn < minimum_tiyn:
            found.add("pupil_below_minimum")
        if "orphan" in found:
            found.add("pupil_orphan")
        if "emergency" in found:
            found.add("pupil_emergency")
    return sorted(found)


def entitlements(
    services: Sequence[Service], needs: Sequence[str], attributes: Sequence[str], category: int | None
) -> list[Entitlement]:
    """For each need, the services that cover it, may cover it, or are lost by category 6; others are left out."""
    known = frozenset(attributes)
    return [
        Entitlement(service, need, _cover(service, known, category))
        for need in needs
        for service in services
        if need in service.needs and (service.who & known or not service.condition_known)
    ]


def _cover(service: Service, attributes: frozenset[str], category: int | None) -> Cover:
    if category == HIGHEST_CATEGORY and service.budget == "local":
        return Cover.LOST_BY_CATEGORY
    if service.condition_known and service.who & attributes:
        return Cover.COVERED
    return Cover.MAY_BE
