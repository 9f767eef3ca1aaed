"""Taking over a case that is already published (the demo country), with its history. Repeating changes nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.kernel.audit import record
from demeu.portal.cases.models import Case, CaseUpdate
from demeu.portal.cases.rules import CaseState


@transaction.atomic
def import_case(
    *, case: UUID, person: UUID, published_at: datetime, updates: Sequence[tuple[datetime, str]], by: str, **fields: Any
) -> bool:
    """A published case with the public lines of its history (moment, code); False when it was there already."""
    _, created = Case.objects.get_or_create(
        id=case,
        defaults={
            "person": person,
            "state": CaseState.PUBLISHED,
            "created_at": published_at,
            "published_at": published_at,
            **fields,
        },
    )
    if created:
        CaseUpdate.objects.bulk_create(CaseUpdate(case_id=case, at=at, code=code) for at, code in updates)
        record(actor=by, action="case.import", subject=f"case:{case}")
    return created
