"""Two people may show more than the guard would: one proposes, another agrees or declines; both are audited."""

from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.anonymity.models import Override
from demeu.portal.anonymity.rules import Cell, Crowd
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.cases.rules import CaseState

REASON_LENGTH_LEAST, REASON_LENGTH_MAX = 20, 500


@transaction.atomic
def propose_override(*, case: UUID, cell: Cell, found: Crowd, reason: str, actor: Actor) -> Override:
    """Ask a second person to show this cell although too few hide the family; refuses when the guard lets it pass."""
    words = reason.strip()
    _may_decide(actor, case_by_id(case))
    if found.enough:
        raise conflict("override.not_needed")
    if not REASON_LENGTH_LEAST <= len(words) <= REASON_LENGTH_MAX:
        raise invalid("override.reason_length", least=REASON_LENGTH_LEAST, most=REASON_LENGTH_MAX)
    if Override.objects.select_for_update().filter(case=case, state=Override.PROPOSED).exists():
        raise conflict("override.waits_already")
    assert actor.person is not None
    row = Override.objects.create(
        id=new_id(), case=case, place=cell.place, age_band=cell.age_band, household_type=cell.household_type,
        reason=words, people=found.people, needs=found.needs, proposer=actor.person, proposed_at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor.name, action="override.propose", subject=f"case:{case}", override=row.id, people=found.people,
        needs=found.needs, place=cell.place,
    )  # fmt: skip
    return row


@transaction.atomic
def decide_override(*, override: UUID, agree: bool, actor: Actor) -> Override:
    """The second person agrees or declines; the first may only take the proposal back."""
    row = Override.objects.select_for_update().filter(id=override).first()
    if row is None:
        raise not_found("override.unknown")
    _may_decide(actor, case_by_id(row.case))
    if row.state != Override.PROPOSED:
        raise conflict("override.decided")
    if agree and actor.person == row.proposer:
        raise forbidden("override.same_person")
    row.state, row.second, row.decided_at = Override.AGREED if agree else Override.DECLINED, actor.person, clock.now()
    row.save(update_fields=["state", "second", "decided_at"])
    record(
        actor=actor.name, action="override.agree" if agree else "override.decline", subject=f"case:{row.case}",
        override=row.id, people=row.people, needs=row.needs,
    )  # fmt: skip
    return row


def _may_decide(actor: Actor, case: Any) -> None:
    need_role(actor, Role.CURATOR)
    application = case.application
    if application is None or not actor.sees_region(Role.CURATOR, application.region_kato):
        raise forbidden("case.other_region")
    if actor.person in (case.person, application.entered_by, case.volunteer):
        raise forbidden("case.same_person")
    if case.state not in (CaseState.DRAFT, CaseState.GUARDED):
        raise conflict("publication.already_public")
