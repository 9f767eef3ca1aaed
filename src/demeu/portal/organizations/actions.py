"""The registry's verbs. Keyword-only, one transaction each. Hiding and showing cases happens in one place."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.cases.actions import move_case, note_update
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue import guard
from demeu.portal.organizations import queries, rules
from demeu.portal.organizations.models import HiddenCase, Organization, Paper, Report, SecondVisit
from demeu.portal.verification.queries import first_visits
from demeu.portal.verification.rules import check_findings

BY = "role:portal"


@transaction.atomic
def register_all() -> int:
    """Enter every organization that somebody works for; how many are new."""
    known = set(Organization.objects.values_list("name", flat=True))
    fresh = {name: kind for name, kind in queries.names_at_work().items() if name not in known}
    for name, kind in sorted(fresh.items()):
        row = Organization.objects.create(id=new_id(), name=name, kind=kind, registered_at=clock.now())
        record(actor=BY, action="organization.register", subject=f"organization:{row.id}", kind=kind)
    return len(fresh)


@transaction.atomic
def add_paper(
    *, organization: UUID, kind: str, valid_until: date | None, document: UUID, sha256: str, actor: Actor
) -> None:
    """The fund has seen a paper of the organization; its file is in vault."""
    need_role(actor, Role.FUND_STAFF)
    row = queries.organization(organization)
    if kind not in rules.PAPERS:
        raise invalid("organization.unknown_paper")
    Paper.objects.create(
        id=new_id(), organization=row, kind=kind, valid_until=valid_until, document=document, sha256=sha256,
        at=clock.now(), by=actor.name,
    )  # fmt: skip
    record(
        actor=actor.name, action="organization.paper", subject=f"organization:{row.id}", kind=kind, document=document
    )


@transaction.atomic
def set_checked_until(*, organization: UUID, until: date, actor: Actor) -> None:
    """The fund vouches for the organization's papers until this day; never beyond the term of one of them."""
    need_role(actor, Role.FUND_STAFF)
    row = Organization.objects.select_for_update().get(id=queries.organization(organization).id)
    papers = queries.papers_of(row)
    if not papers:
        raise conflict("organization.no_papers")
    if any(paper.valid_until and paper.valid_until < until for paper in papers):
        raise invalid("organization.paper_ends_before")
    row.checked_until = until
    row.save(update_fields=["checked_until"])
    record(actor=actor.name, action="organization.check", subject=f"organization:{row.id}", until=until.isoformat())


@transaction.atomic
def ask_for_reports(*, today: date) -> None:
    """Write down every report that an NGO owes, then hide and show cases as the rule says."""
    for row in Organization.objects.filter(kind="ngo").select_for_update().order_by("id"):
        for period in rules.owed(row.registered_at.astimezone(clock.ALMATY).date(), today):
            values = {"due_on": period.due_on}
            Report.objects.get_or_create(organization=row, period=str(period), defaults=values)
        _hide_or_show(row, today)


@transaction.atomic
def file_report(*, period: str, families: int, visits: int, spent_tiyn: int, words: str, actor: Actor) -> None:
    """An NGO tells of its quarter; with the last overdue report filed, its cases are in the catalogue again."""
    need_role(actor, Role.NGO_ADMIN)
    row = Organization.objects.select_for_update().get(id=queries.own_organization(actor).id)
    report = Report.objects.select_for_update().filter(organization=row, period=period).first()
    if report is None:
        raise not_found("report.unknown")
    if report.filed_at:
        raise conflict("report.filed_already")
    rules.check_report(families=families, visits=visits, spent_tiyn=spent_tiyn)
    if guard.findings({"words": words}):
        raise invalid("report.names_somebody")
    report.families, report.visits, report.spent_tiyn, report.words = families, visits, spent_tiyn, words.strip()
    report.filed_at, report.filed_by = clock.now(), actor.name
    report.save()
    record(actor=actor.name, action="report.file", subject=f"organization:{row.id}", period=period)
    _hide_or_show(row, clock.today())


def _hide_or_show(row: Organization, today: date) -> None:
    """The one rule, carried out: open cases of an NGO with an overdue report are suspended, others are back."""
    if queries.overdue_reports(row, today):
        for case in queries.open_cases(row):
            HiddenCase.objects.get_or_create(case=case, defaults={"organization": row, "at": clock.now()})
            move_case(case=case, to=CaseState.SUSPENDED, by=BY)
            note_update(case=case, code="report_overdue")
        return
    for hidden in HiddenCase.objects.filter(organization=row):
        if queries.checked_cases(row).filter(id=hidden.case, state=CaseState.SUSPENDED).exists():
            move_case(case=hidden.case, to=CaseState.PUBLISHED, by=BY)
            note_update(case=hidden.case, code="report_filed")
        hidden.delete()


@transaction.atomic
def draw_second_visits() -> int:
    """Draw by lot which signed visits are looked at again; how many were drawn now."""
    drawn = 0
    for row in Organization.objects.filter(kind="ngo"):
        cases = {case.application_id: case for case in queries.checked_cases(row) if rules.is_drawn(case.id)}
        known = set(SecondVisit.objects.filter(organization=row).values_list("case", flat=True))
        for visit in first_visits(list(cases)):
            case = cases[visit.application]
            if case.id not in known:
                SecondVisit.objects.create(
                    case=case.id, organization=row, first_volunteer=visit.volunteer, region_kato=case.region_kato,
                    first_findings=visit.findings, drawn_at=clock.now(),
                )  # fmt: skip
                drawn += 1
    return drawn


@transaction.atomic
def answer_second_visit(*, case: UUID, findings: Sequence[str], actor: Actor) -> bool:
    """A volunteer of another organization has looked again; whether both visits agree."""
    need_role(actor, Role.VOLUNTEER)
    row = SecondVisit.objects.select_for_update().filter(case=case).first()
    if row is None or row.case not in {one.case for one in queries.second_visits_for(actor)}:
        raise forbidden("visit.not_yours")
    row.second_findings, row.second_volunteer = check_findings(findings), actor.person
    row.agrees, row.done_at = rules.agrees(row.first_findings, row.second_findings), clock.now()
    row.save()
    record(actor=actor.name, action="visit.second", subject=f"case:{case}", agrees=row.agrees)
    return row.agrees
