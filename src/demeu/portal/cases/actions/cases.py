"""Changing cases and their public history. Keyword-only, one transaction each."""

from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.portal.cases.actions.locking import locked_case, move_case_row
from demeu.portal.cases.models import Case, CaseUpdate
from demeu.portal.cases.rules import CaseState

SETTABLE = frozenset(
    {
        *("title_kk", "title_ru", "title_en", "story_kk", "story_ru", "story_en"),
        *("curator", "volunteer", "verified_by", "visited_on"),
        *("age_band", "household_type", "region_kato", "district_kato", "group", "subgroup", "urgency", "attributes"),
    }
)
CASE_WAY = (CaseState.PUBLISHED, CaseState.FUNDED, CaseState.DELIVERING, CaseState.COMPLETED)


@transaction.atomic
def set_case(*, case: UUID, by: str, **fields: Any) -> Case:
    """Write fields of a case (texts, curator, volunteer, widened attributes); its state moves only by `move_case`."""
    row = locked_case(case)
    for name, text in fields.items():
        if name not in SETTABLE:
            raise conflict("case.field_not_settable", field=name)
        setattr(row, name, text)
    row.save()
    record(actor=by, action="case.set", subject=f"case:{case}", fields=sorted(fields))
    return row


@transaction.atomic
def move_case(*, case: UUID, to: CaseState, by: str) -> Case:
    """Move a case on; already there = no change, so that repeated news is harmless."""
    row = locked_case(case)
    return row if row.state == to else move_case_row(row, to, by)


@transaction.atomic
def advance_case(*, case: UUID, to: CaseState, by: str) -> bool:
    """Move a public case forward as far as `to`, step by step; False when it is there, beyond, or off this way."""
    row = locked_case(case)
    if row.state not in CASE_WAY or CASE_WAY.index(CaseState(row.state)) >= CASE_WAY.index(to):
        return False
    for step in CASE_WAY[CASE_WAY.index(CaseState(row.state)) + 1 : CASE_WAY.index(to) + 1]:
        move_case_row(row, step, by)
    return True


@transaction.atomic
def note_update(*, case: UUID, code: str, item: UUID | None = None) -> None:
    """Add a line to the public history."""
    CaseUpdate.objects.create(case_id=case, code=code, item=item, at=clock.now())
