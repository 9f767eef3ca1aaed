"""Following deliveries up: tickets for families who have not answered, and asking a random sample again."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import conflict, forbidden, not_found
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Case
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.cases.queries import public_cases
from demeu.portal.payments.models import AskedAgain, DeliveryAct, DeliveryTicket
from demeu.portal.payments.queries import may_deliver
from demeu.portal.payments.sampling import CONFIRM_WITHIN, TICKET_WITHIN, Estimate, drawn, estimate, month_of
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.states import ItemState

ROLE = "role:portal"
MONTHS_SHOWN = 12
ANSWERS = ("confirmed_by_phone", "handed_over_anew", "not_received", "cannot_be_reached")


@transaction.atomic
def open_tickets() -> int:
    """A ticket for each delivery whose family has been silent too long; confirmed ones are closed. How many are new."""
    confirmed = Item.objects.filter(state=ItemState.CONFIRMED).values("id")
    open_rows = DeliveryTicket.objects.filter(closed_at__isnull=True, item__in=confirmed)
    open_rows.update(closed_at=clock.now(), closed_by=ROLE, answer="confirmed")
    silent = DeliveryAct.objects.filter(at__lte=clock.now() - CONFIRM_WITHIN).exclude(
        item__in=DeliveryTicket.objects.values("item")
    )
    waiting = set(Item.objects.filter(state=ItemState.DELIVERED).values_list("id", flat=True))
    found = [act for act in silent if act.item in waiting]
    for act in found:
        _open(act, case_by_id(act.case))
    return len(found)


def _open(act: DeliveryAct, case: Case) -> None:
    moment = clock.now()
    DeliveryTicket.objects.create(
        item=act.item, case=act.case, owner=case.curator, opened_at=moment, due_at=moment + TICKET_WITHIN
    )
    record(actor=ROLE, action="delivery.ticket", subject=f"item:{act.item}", case=act.case)


@transaction.atomic
def close_ticket(*, item: UUID, answer: str, actor: Actor) -> None:
    """Somebody found out. Refuses `delivery.no_ticket`, `delivery.other_region`, `delivery.answer_unknown`."""
    row = DeliveryTicket.objects.select_for_update().filter(item=item, closed_at__isnull=True).first()
    if row is None:
        raise not_found("delivery.no_ticket")
    case = public_cases().filter(id=row.case).first()
    if case is None or not may_deliver(actor, case):
        raise forbidden("delivery.other_region")
    if answer not in ANSWERS:
        raise conflict("delivery.answer_unknown")
    row.closed_at, row.closed_by, row.answer = clock.now(), actor.name, answer
    row.save(update_fields=["closed_at", "closed_by", "answer"])
    record(actor=actor.name, action="delivery.ticket_closed", subject=f"item:{item}", answer=answer)


def open_tickets_of(actor: Actor) -> list[tuple[DeliveryTicket, Case]]:
    """Open tickets in the actor's regions, the most urgent first."""
    rows = list(DeliveryTicket.objects.filter(closed_at__isnull=True).order_by("due_at"))
    cases = {case.id: case for case in public_cases().filter(id__in=[row.case for row in rows])}
    return [(row, cases[row.case]) for row in rows if row.case in cases and may_deliver(actor, cases[row.case])]


@transaction.atomic
def draw_sample(*, ask: Callable[[UUID, UUID], None]) -> list[UUID]:
    """Choose, of what was confirmed last month, who is asked again; `ask` (case, item) queues it in the same step."""
    day = clock.today()
    month = month_of(day.replace(day=1) - timedelta(days=1))
    known = set(AskedAgain.objects.values_list("item", flat=True))
    rows = Item.objects.filter(state=ItemState.CONFIRMED).order_by("id")
    confirmed = [
        item for item in rows if month_of(item.updated_at.astimezone(ALMATY).date()) == month and item.id not in known
    ]
    chosen = set(drawn([item.id for item in confirmed], AskedAgain.objects.filter(month=month).count()))
    for item in confirmed:
        if item.id in chosen:
            AskedAgain.objects.create(item=item.id, case=item.case, month=month, asked_at=clock.now())
            ask(item.case, item.id)
    if chosen:
        record(actor=ROLE, action="delivery.sample", subject=f"month:{month}", chosen=len(chosen), of=len(confirmed))
    return sorted(chosen)


@transaction.atomic
def note_second_answer(*, item: UUID, yes: bool) -> bool:
    """Keep the answer to the second question; the first one stays. False for an item that was not asked about."""
    row = AskedAgain.objects.select_for_update().filter(item=item).first()
    if row is None or row.yes is not None:
        return False
    row.yes, row.answered_at = yes, clock.now()
    row.save(update_fields=["yes", "answered_at"])
    return True


def estimates() -> list[tuple[str, Estimate]]:
    """For each of the last months what its sample says, newest first."""
    months: list[str] = list(AskedAgain.objects.order_by("-month").values_list("month", flat=True).distinct())
    return [(month, _estimate(month)) for month in months[:MONTHS_SHOWN]]


def _estimate(month: str) -> Estimate:
    answers: Sequence[bool | None] = list(AskedAgain.objects.filter(month=month).values_list("yes", flat=True))
    return estimate(len(answers), [yes for yes in answers if yes is not None])
