"""Public totals by group and region, with few cases hidden. One pass over cases and their kept figures."""

from collections.abc import Sequence
from typing import Literal

from django.core.cache import cache
from django.db.models import Count

from demeu.kernel import clock
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue import ledger
from demeu.portal.catalogue.figures import Row, cases_and_sums
from demeu.portal.public_api import schemas, showing
from demeu.portal.statistics.rules import hidden_in_line

KEPT, KEPT_S = "public_api.figures", 60


def figures() -> schemas.Figures:
    """Totals, at most a minute old."""
    kept: schemas.Figures | None = cache.get(KEPT)
    if kept is None:
        kept = _figures()
        cache.set(KEPT, kept, KEPT_S)
    return kept


def _figures() -> schemas.Figures:
    groups, platform = cases_and_sums("group"), ledger.platform()
    at = dict(public_cases().order_by().values_list("state").annotate(Count("pk")))
    return schemas.Figures(
        sums=showing.sums(platform.sums) if platform else _added(groups),
        gifts=platform.gifts if platform else None,
        open=at.get(CaseState.PUBLISHED, 0),
        on_the_way=at.get(CaseState.FUNDED, 0) + at.get(CaseState.DELIVERING, 0),
        completed=at.get(CaseState.COMPLETED, 0),
        by_group=guarded(groups),
        by_region=guarded_sums("region"),
        as_of=clock.now(),
    )


def guarded_sums(by: Literal["group", "region"]) -> list[schemas.GroupFigures]:
    """Public cases and their money by group or region, with few cases hidden."""
    return guarded(cases_and_sums(by))


def _added(rows: Sequence[Row]) -> schemas.Sums:
    """What is known of each case, added up: for the time that treasury is away."""
    return schemas.Sums(
        received_tiyn=sum(row[3] for row in rows),
        held_tiyn=sum(row[4] for row in rows),
        paid_tiyn=sum(row[5] for row in rows),
        delivered_tiyn=sum(row[6] for row in rows),
    )


def guarded(rows: Sequence[Row]) -> list[schemas.GroupFigures]:
    """The rows with few cases hidden."""
    hidden, _whole = hidden_in_line({row[0]: row[1] for row in rows})
    return [_hidden(row) if row[0] in hidden else _shown(row) for row in rows]


def _hidden(row: Row) -> schemas.GroupFigures:
    return schemas.GroupFigures(key=row[0], cases=None, needed_tiyn=None, sums=None)


def _shown(row: Row) -> schemas.GroupFigures:
    key, cases, needed, received, held, paid, delivered = row
    sums = schemas.Sums(received_tiyn=received, held_tiyn=held, paid_tiyn=paid, delivered_tiyn=delivered)
    return schemas.GroupFigures(key=key, cases=cases, needed_tiyn=needed, sums=sums)
