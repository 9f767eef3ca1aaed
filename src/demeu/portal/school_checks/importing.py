"""Taking over results of checks for the figures (the demo country). No family stands behind them; nobody can open one.

Repeating changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.kernel.audit import record
from demeu.portal.school_checks.models import SchoolCheck
from demeu.portal.school_checks.rules import CheckState


@transaction.atomic
def import_checks(rows: Iterable[dict[str, Any]], *, by: str) -> int:
    """Rows `check, school, region_kato, number, category, assessed_at`; how many were new."""
    before = SchoolCheck.objects.count()
    SchoolCheck.objects.bulk_create((_row(row) for row in rows), ignore_conflicts=True)
    added = SchoolCheck.objects.count() - before
    if added:
        record(actor=by, action="school_check.import", subject="school_checks", count=added)
    return added


def _row(row: dict[str, Any]) -> SchoolCheck:
    check, moment = UUID(row["check"]), datetime.fromisoformat(row["assessed_at"])
    return SchoolCheck(
        id=check, pedagogue=check, school=row["school"], region_kato=row["region_kato"], number=row["number"],
        year=moment.year, state=CheckState.ASSESSED, consent=check, category=row["category"], opened_at=moment,
        assessed_at=moment,
    )  # fmt: skip
