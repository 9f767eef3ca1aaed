"""Rows locked for one transaction, and the one place where their states change."""

from uuid import UUID

from demeu.contracts.portal import ApplicationChanged, CaseChanged
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, not_found
from demeu.kernel.events import announce
from demeu.portal.cases.models import Application, Case
from demeu.portal.cases.rules import APPLICATION_MOVES, CASE_MOVES, ApplicationState, CaseState, moved
from demeu.portal.live.actions import tell
from demeu.portal.live.feeds import own_topic
from demeu.portal.live.rules import queue_topic
from demeu.portal.records.actions import record_fact


def locked(application: UUID) -> Application:
    """The application, locked for this transaction; refuses `application.unknown`."""
    row = Application.objects.select_for_update().filter(id=application).first()
    if row is None:
        raise not_found("application.unknown")
    return row


def locked_draft(application: UUID) -> Application:
    """The same, while it may still be written; refuses `application.already_sent`."""
    row = locked(application)
    if row.state != ApplicationState.DRAFT:
        raise conflict("application.already_sent")
    return row


def locked_case(case: UUID) -> Case:
    """The case, locked for this transaction; refuses `case.unknown`."""
    row = Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise not_found("case.unknown")
    return row


def move_application_row(row: Application, to: ApplicationState, by: str) -> Application:
    """Write the new state, by the one table of moves, and announce it."""
    row.state = moved(APPLICATION_MOVES, ApplicationState(row.state), to)
    row.updated_at = clock.now()
    row.save()
    record(actor=by, action=f"application.{to}", subject=f"application:{row.id}")
    announce(ApplicationChanged(application=row.id, state=str(to)))
    for queue in ("reviews", "visits", "publish"):
        tell(queue_topic(queue))
    tell(own_topic(row.person))
    return row


def move_case_row(row: Case, to: CaseState, by: str) -> Case:
    """Write the new state, by the one table of moves, and announce it."""
    row.state = moved(CASE_MOVES, CaseState(row.state), to)
    moment = clock.now()
    if to == CaseState.PUBLISHED and row.published_at is None:
        row.published_at = moment
    if to == CaseState.COMPLETED:
        row.completed_at = moment
    row.save()
    record(actor=by, action=f"case.{to}", subject=f"case:{row.id}")
    record_fact(subject=f"case:{row.id}", kind="case_status", facts={"case": row.number, "state": str(to)})
    announce(CaseChanged(case=row.id, state=str(to)))
    return row
