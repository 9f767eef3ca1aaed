"""Reading what donors follow and chose, news of their cases, and cases that answer their choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from demeu.portal.cases.models import CaseUpdate
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue.queries import with_money
from demeu.portal.patron.counting import Reason, reason_of
from demeu.portal.patron.models import Follow, Taste

LOOKED_AT_MAX = 60
PROPOSED_MAX = 6
NEWS_MAX = 5
FOLLOWED_MAX = 200


@dataclass(frozen=True)
class Proposal:
    """A case with its money, and why it is proposed."""

    case: Any
    reason: Reason


def follows(person: UUID, case: UUID) -> bool:
    """Whether this person follows this case."""
    return Follow.objects.filter(person=person, case=case).exists()


def followed_cases(person: UUID) -> list[Any]:
    """Public cases that the person follows, with their money, the newest choice first."""
    chosen = list(Follow.objects.filter(person=person).order_by("-since").values_list("case", flat=True)[:FOLLOWED_MAX])
    found = {case.id: case for case in with_money(public_cases().filter(id__in=chosen))}
    return [found[case] for case in chosen if case in found]


def followers(case: UUID) -> list[UUID]:
    """Everybody who wishes to hear of a case."""
    return list(Follow.objects.filter(case=case).order_by("id").values_list("person", flat=True))


def taste_of(person: UUID) -> Taste | None:
    """What the person chose; None before the first choice."""
    return Taste.objects.filter(person=person).first()


def news_of(cases: Sequence[UUID]) -> list[CaseUpdate]:
    """The newest lines of these cases' public histories."""
    rows = CaseUpdate.objects.filter(case__in=public_cases().filter(id__in=list(cases)).values("id"))
    return list(rows.select_related("case")[:NEWS_MAX])


def proposals(taste: Taste | None) -> list[Proposal]:
    """Open cases that answer the choices: those that the budget closes first, then who waits longest."""
    if taste is None or not taste.on or not (taste.groups or taste.regions or taste.budget_tiyn):
        return []
    rows = public_cases().filter(state=CaseState.PUBLISHED)
    if taste.groups:
        rows = rows.filter(group__in=taste.groups)
    if taste.regions:
        places = Q()
        for code in taste.regions:
            places |= Q(region_kato__startswith=code)
        rows = rows.filter(places)
    found = []
    for case in with_money(rows).order_by("published_at", "id")[:LOOKED_AT_MAX]:
        reason = reason_of(case, case.rest, groups=taste.groups, regions=taste.regions, budget_tiyn=taste.budget_tiyn)
        if reason is not None and case.rest > 0:
            found.append(Proposal(case, reason))
    return sorted(found, key=lambda one: one.reason.closes_tiyn is None)[:PROPOSED_MAX]
