"""Reading notes of changes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Max

from demeu.portal.live.models import Change
from demeu.portal.live.rules import shown_topic

CHANGES_MAX = 100
LATE_S = 5


def last_change() -> int:
    """The newest id; 0 when nothing is noted."""
    return int(Change.objects.aggregate(last=Max("id"))["last"] or 0)


def changes_after(topics: Sequence[str], after: int) -> list[dict[str, Any]]:
    """What happened to these topics after an id, as pages take it.

    Transactions may commit in another order than they took their ids, so the last seconds before it are told again:
    a note says how things stand, so hearing it twice changes nothing.
    """
    rows = Change.objects.filter(topic__in=topics)
    known = Change.objects.filter(id=after).first()
    rows = rows.filter(at__gt=known.at - timedelta(seconds=LATE_S)) if known else rows.filter(id__gt=after)
    found = list(rows.exclude(id=after).order_by("-id")[:CHANGES_MAX])
    return [{"id": row.id, "topic": shown_topic(row.topic), "sums": row.sums} for row in reversed(found)]
