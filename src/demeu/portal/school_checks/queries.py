"""Reading checks and their figures. A pedagogue's own checks only; figures are counts."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.portal.accounts.queries import Workplace
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks.models import RequestList, SchoolCheck
from demeu.portal.school_checks.rules import CATEGORY_BEST_OFF, CheckState, Figures, Quarter, quarter_of

SHOWN_MAX = 300


def own_checks(actor: Actor) -> QuerySet[SchoolCheck]:
    """The pedagogue's own checks, the newest first."""
    return _own(actor).order_by("-opened_at", "-id")[:SHOWN_MAX]


def _own(actor: Actor) -> QuerySet[SchoolCheck]:
    return SchoolCheck.objects.filter(pedagogue=cast(UUID, actor.person))


def own_check(check: UUID, actor: Actor) -> SchoolCheck:
    """A check of this pedagogue; for anyone else it does not exist."""
    row = _own(actor).filter(id=check).first()
    if row is None:
        raise not_found("school_check.unknown")
    return row


def own_list(request_list: UUID, actor: Actor) -> RequestList:
    """A list of this pedagogue; for anyone else it does not exist."""
    row = RequestList.objects.filter(id=request_list, pedagogue=cast(UUID, actor.person)).first()
    if row is None:
        raise not_found("school_check.unknown_list")
    return row


def states_of(actor: Actor) -> dict[str, int]:
    """How many of the pedagogue's checks stand in each state."""
    rows = _own(actor).values("state").annotate(n=Count("id"))
    return {row["state"]: row["n"] for row in rows.order_by("state")}


def taken_numbers(place: Workplace) -> frozenset[str]:
    """Numbers of requests that this school has opened this year."""
    rows = SchoolCheck.objects.filter(
        region_kato=place.region_kato, school=place.organization, year=clock.today().year
    ).exclude(state=CheckState.UNUSABLE)
    return frozenset(rows.values_list("number", flat=True))


def quarters() -> Sequence[Quarter]:
    """Every quarter from the first result to today, the newest first."""
    now = quarter_of(clock.today())
    first = SchoolCheck.objects.filter(assessed_at__isnull=False).order_by("assessed_at").first()
    if first is None or first.assessed_at is None:
        return (now,)
    found = [quarter_of(first.assessed_at.astimezone(clock.ALMATY).date())]
    while found[-1] != now:
        found.append(found[-1].next)
    return found[::-1]


def figures(quarter: Quarter, place: Workplace | None = None) -> list[Figures]:
    """Full counts by region, of one school when a place is given. Only those who may see them call this."""
    rows = SchoolCheck.objects.filter(assessed_at__gte=_start(quarter), assessed_at__lt=_start(quarter.next))
    if place is not None:
        rows = rows.filter(region_kato=place.region_kato, school=place.organization)
    counted = rows.values("region_kato").annotate(
        schools=Count("school", distinct=True),
        requests=Count("id"),
        category_six=Count("id", filter=Q(category=CATEGORY_BEST_OFF)),
    )
    return [Figures(**row) for row in counted.order_by("region_kato")]


def _start(quarter: Quarter) -> datetime:
    return datetime.combine(quarter.first_day, time(), tzinfo=clock.ALMATY).astimezone(UTC)
