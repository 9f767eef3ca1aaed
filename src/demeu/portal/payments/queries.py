"""Reading for the desks: paid items, acts, problems, the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from demeu.contracts.words import Role
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import forbidden, not_found
from demeu.kernel.models import Audit
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Case
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.payments.models import DeliveryAct, DeliveryProblem, InvoicePaper
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.queries import item_of, items_of_cases
from demeu.portal.wishes.states import ItemState

MONEY_STATES = (CaseState.PUBLISHED, CaseState.FUNDED, CaseState.DELIVERING)
CASES_MAX = 100
FUNDED_STATES = (ItemState.FUNDED, ItemState.ORDERED)


@dataclass(frozen=True)
class Delivery:
    """An item of the curator's cases that is paid for, with its act when there is one."""

    item: Item
    case: Case
    act: DeliveryAct | None


def cases_with_funded_items() -> list[Case]:
    """Cases, oldest first, that have items whose money is there; the treasury says which of it the bank holds."""
    cases = list(public_cases().filter(state__in=MONEY_STATES).order_by("published_at"))
    items = items_of_cases([case.id for case in cases])
    return [case for case in cases if any(item.state in FUNDED_STATES for item in items[case.id])][:CASES_MAX]


def deliveries_of(actor: Actor) -> list[Delivery]:
    """Items that are paid or delivered, in the actor's regions; paid ones first."""
    cases = {case.id: case for case in public_cases().filter(state__in=MONEY_STATES) if may_deliver(actor, case)}
    acts = {act.item: act for act in DeliveryAct.objects.filter(case__in=cases)}
    rows = [
        Delivery(item, cases[case], acts.get(item.id))
        for case, items in items_of_cases(list(cases)).items()
        for item in items
        if item.state in (ItemState.PAID, ItemState.DELIVERED)
    ]
    return sorted(rows, key=lambda row: (row.item.state != ItemState.PAID, row.item.updated_at))


def may_deliver(actor: Actor, case: Case) -> bool:
    """Curators see their own cases and those of their regions; auditors see all."""
    if actor.is_(Role.AUDITOR) or (actor.person is not None and case.curator == actor.person):
        return True
    return actor.is_(Role.CURATOR) and actor.sees_region(Role.CURATOR, case.region_kato)


def delivery(identifier: UUID, actor: Actor) -> Delivery:
    """One item's delivery: `wish.unknown`, `delivery.other_region`."""
    item = item_of(identifier)
    case = case_by_id(item.case)
    if not may_deliver(actor, case):
        raise forbidden("delivery.other_region")
    return Delivery(item, case, DeliveryAct.objects.filter(item=identifier).first())


def open_problems(actor: Actor) -> list[tuple[DeliveryProblem, Case]]:
    """Items that families say did not come, in the actor's regions, the oldest first."""
    rows = DeliveryProblem.objects.filter(closed_at__isnull=True).order_by("at")
    cases = {case.id: case for case in public_cases().filter(id__in=[row.case for row in rows])}
    return [(row, cases[row.case]) for row in rows if row.case in cases and may_deliver(actor, cases[row.case])]


def problem(message: UUID, actor: Actor) -> DeliveryProblem:
    """One open problem that the actor may close: `delivery.no_problem`."""
    found = [row for row, _ in open_problems(actor) if row.message == message]
    if not found:
        raise not_found("delivery.no_problem")
    return found[0]


def invoice_of(payout: UUID) -> InvoicePaper | None:
    """The invoice file of a payout."""
    return InvoicePaper.objects.filter(payout=payout).first()


def cases_by_ids(cases: Sequence[UUID]) -> dict[UUID, Case]:
    """Public cases with these ids."""
    return {case.id: case for case in public_cases().filter(id__in=cases)}


def audit_lines(*, actor: str = "", action: str = "", subject: str = "", day: Any = None) -> QuerySet[Audit]:
    """Lines of the portal's audit, newest first; each given word is the beginning of what is looked for."""
    found = Audit.objects.order_by("-at", "-id")
    if actor:
        found = found.filter(actor__startswith=actor)
    if action:
        found = found.filter(action__startswith=action)
    if subject:
        found = found.filter(subject__startswith=subject)
    if day:
        begin = datetime.combine(day, time.min, tzinfo=ALMATY).astimezone(UTC)
        found = found.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    return found


def handed_over_items(case: UUID) -> list[UUID]:
    """Items of a case that have an act of delivery and no confirmation yet."""
    return [item.id for item in items_of_cases([case])[case] if item.state == ItemState.DELIVERED]


def asked_already(case: UUID, item: UUID) -> bool:
    """Whether an earlier question to the family about this case is still unanswered."""
    waiting = handed_over_items(case)
    own = DeliveryAct.objects.filter(item=item).first()
    return own is not None and DeliveryAct.objects.filter(item__in=waiting, at__lt=own.at).exists()
