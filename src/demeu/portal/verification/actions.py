"""Deciding about applications and carrying out visits. Keyword-only, one transaction each."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden
from demeu.kernel.ids import new_id
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.cases import actions as cases
from demeu.portal.cases.actions import disputes
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.cases.rules import ApplicationState
from demeu.portal.records.actions import record_fact
from demeu.portal.verification import rules
from demeu.portal.verification.models import Review, Visit
from demeu.portal.verification.queries import visit_of, volunteers_for
from demeu.portal.verification.rules import Decision, VisitState
from demeu.portal.wishes.actions import put_state_first


@transaction.atomic
def take_out_what_state_covers(*, application: UUID, attributes: Sequence[str], actor: Actor) -> list[UUID]:
    """Take out of the wish list what state services already cover; the items taken out."""
    row = _for_curator(application, actor)
    return put_state_first(case=row.case.id, attributes=attributes, category=row.category, by=actor.name)


@transaction.atomic
def settle_dispute(*, application: UUID, dispute: UUID, actor: Actor) -> None:
    """The curator has looked into what the family disputes."""
    row = _for_curator(application, actor)
    disputes.settle_dispute(dispute=dispute, application=row.id, by=actor.name)


@transaction.atomic
def plan_visit(
    *, application: UUID, volunteer: UUID, planned_for: date, attributes: Sequence[str], actor: Actor
) -> Visit:
    """Hand the application over for a visit; what the state covers is taken out of the list first."""
    from demeu.portal.verification.tasks import tell_visit

    row = _for_curator(application, actor)
    assert actor.person is not None
    rules.need_other_person(volunteer, row.person, row.entered_by, actor.person)
    if volunteer not in volunteers_for(row):
        raise forbidden("visit.not_a_volunteer_here")
    rules.check_plan(planned_for, clock.today())
    put_state_first(case=row.case.id, attributes=attributes, category=row.category, by=actor.name)
    cases.move_application(application=row.id, to=ApplicationState.VISIT, by=actor.name)
    visit = Visit.objects.create(
        id=new_id(),
        application=row.id,
        curator=actor.person,
        volunteer=volunteer,
        planned_for=planned_for,
        created_at=clock.now(),
    )
    _decide(row.id, Decision.VISIT, actor)
    tell_visit.defer(application=str(row.id))
    return visit


@transaction.atomic
def refuse(*, application: UUID, reason: str, actor: Actor) -> None:
    """Refuse with a reason code that the person sees and may dispute; never while a fact is disputed."""
    from demeu.portal.verification.tasks import tell_refused

    row = _for_curator(application, actor)
    rules.check_reason(reason)
    disputes.need_undisputed(row.id)
    cases.move_application(application=row.id, to=ApplicationState.REFUSED, by=actor.name, reason=reason)
    visit = visit_of(row.id)
    if visit and visit.state != VisitState.DONE:
        visit.state = VisitState.CALLED_OFF
        visit.save(update_fields=["state"])
    _decide(row.id, Decision.REFUSED, actor, reason)
    tell_refused.defer(application=str(row.id))


@transaction.atomic
def write_act(
    *, application: UUID, findings: Sequence[str], document: UUID, sha256: str, photos: Sequence[UUID], actor: Actor
) -> Visit:
    """The act is written and kept in vault; it waits for the signature and may be written anew until then."""
    visit = _own_visit(application, actor)
    visit.findings = rules.check_findings(findings)
    visit.act_document, visit.act_sha256 = document, sha256
    visit.photos = [*visit.photos, *map(str, photos)][-rules.PHOTOS_MAX :]
    visit.state = VisitState.WRITTEN
    visit.save()
    record(actor=actor.name, action="visit.write", subject=f"application:{application}", act_sha256=sha256)
    return visit


@transaction.atomic
def sign_act(*, application: UUID, signature: UUID, actor: Actor) -> Visit:
    """The act is signed: the visit is done."""
    visit = _own_visit(application, actor)
    if visit.state != VisitState.WRITTEN:
        raise conflict("visit.act_not_written")
    visit.signature, visit.state, visit.done_at = signature, VisitState.DONE, clock.now()
    visit.save()
    record(actor=actor.name, action="visit.sign", subject=f"application:{application}", signature=signature)
    return visit


@transaction.atomic
def approve(*, application: UUID, actor: Actor) -> UUID:
    """Approve after a signed visit; the case that may now be published."""
    row = _for_curator(application, actor)
    visit = visit_of(row.id)
    rules.check_signed(visit.state if visit else "")
    assert visit is not None and visit.done_at is not None
    rules.need_other_person(actor.person, visit.volunteer)
    cases.move_application(application=row.id, to=ApplicationState.APPROVED, by=actor.name)
    organizations = [actor.organization, actor_of(visit.volunteer).organization]
    cases.set_case(
        case=row.case.id,
        by=actor.name,
        curator=actor.person,
        volunteer=visit.volunteer,
        verified_by="; ".join(filter(None, organizations))[:140],
        visited_on=visit.done_at.astimezone(clock.ALMATY).date(),
    )
    cases.note_update(case=row.case.id, code="visited")
    _decide(row.id, Decision.APPROVED, actor)
    return UUID(str(row.case.id))


def _for_curator(application: UUID, actor: Actor) -> Any:
    """The application, when this curator may decide about it."""
    need_role(actor, Role.CURATOR)
    row = application_by_id(application)
    if not actor.sees_region(Role.CURATOR, row.region_kato):
        raise forbidden("case.other_region")
    visit = visit_of(row.id)
    rules.need_other_person(actor.person, row.person, row.entered_by, visit.volunteer if visit else None)
    if getattr(row, "case", None) is None:
        raise conflict("review.no_case_yet")
    return row


def _own_visit(application: UUID, actor: Actor) -> Visit:
    need_role(actor, Role.VOLUNTEER)
    row = application_by_id(application)
    assert actor.person is not None
    visit = Visit.objects.select_for_update().filter(application=application, volunteer=actor.person).first()
    if visit is None or visit.state == VisitState.CALLED_OFF:
        raise forbidden("visit.not_yours")
    rules.need_other_person(actor.person, row.person, row.entered_by, visit.curator)
    if visit.state == VisitState.DONE:
        raise conflict("visit.already_signed")
    return visit


def _decide(application: UUID, decision: Decision, actor: Actor, reason: str = "") -> None:
    assert actor.person is not None
    Review.objects.create(
        application=application, curator=actor.person, decision=decision, reason=reason, at=clock.now()
    )
    record(actor=actor.name, action=f"review.{decision}", subject=f"application:{application}", reason=reason)
    facts = {"application": str(application), "decision": str(decision), "reason": reason}
    record_fact(subject=f"application:{application}", kind="decision", facts=facts)
