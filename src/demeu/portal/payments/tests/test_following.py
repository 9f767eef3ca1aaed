"""Tickets for silent deliveries and the second question, on the real database; treasury and vault are not running."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Case
from demeu.portal.payments.following import (
    close_ticket,
    draw_sample,
    estimates,
    open_tickets,
    open_tickets_of,
)
from demeu.portal.payments.models import AskedAgain, DeliveryProblem, DeliveryTicket
from demeu.portal.payments.rules import awaited_again
from demeu.portal.payments.tasks import ask_later, take_reply
from demeu.portal.payments.tests.test_actions import curator, noted, paid_item
from demeu.portal.payments.tests.test_pages import with_role
from demeu.portal.wishes.actions import advance_item
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.states import ItemState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_calls")]


def silent() -> tuple[Case, Item]:
    """A delivery whose family has not answered for eight days."""
    case, item = paid_item()
    with clock.frozen(clock.now() - timedelta(days=8)):
        noted(case, item)
    return case, item


def confirmed() -> tuple[Case, Item]:
    """A delivery that the family confirmed last month."""
    case, item = silent()
    last_month = clock.now().replace(day=1) - timedelta(days=3)
    with clock.frozen(last_month):
        advance_item(item=item.id, to=ItemState.CONFIRMED, by="role:treasury")
    Item.objects.filter(id=item.id).update(updated_at=last_month)
    return case, item


def test_a_week_of_silence_opens_one_ticket_with_owner_and_term() -> None:
    case, item = paid_item()
    noted(case, item)
    assert open_tickets() == 0
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        assert open_tickets() == 1 and open_tickets() == 0
        row = DeliveryTicket.objects.get(item=item.id)
        assert row.owner == case.curator and row.due_at - row.opened_at == timedelta(days=5)
        assert [found.item for found, _ in open_tickets_of(curator(case.curator))] == [item.id]
        assert open_tickets_of(curator(new_id(), "750000000")) == []


def test_a_confirmation_closes_the_ticket_by_itself() -> None:
    _, item = silent()
    open_tickets()
    advance_item(item=item.id, to=ItemState.CONFIRMED, by="role:treasury")
    assert open_tickets() == 0
    assert DeliveryTicket.objects.get().answer == "confirmed" and broken_invariants() == []


def test_silence_without_a_ticket_is_noticed() -> None:
    case, item = paid_item()
    with clock.frozen(clock.now() - timedelta(days=9)):
        noted(case, item)
    assert [broken.name for broken in broken_invariants()] == ["payments.silence_has_ticket"]
    open_tickets()
    assert broken_invariants() == []


def test_a_ticket_is_closed_once_with_an_answer_by_somebody_of_the_region() -> None:
    case, item = silent()
    open_tickets()
    own = curator(case.curator)
    for actor, answer, code in (
        (curator(new_id(), "750000000"), "not_received", "delivery.other_region"),
        (own, "whatever", "delivery.answer_unknown"),
    ):
        with pytest.raises(Refusal, match=code):
            close_ticket(item=item.id, answer=answer, actor=actor)
    close_ticket(item=item.id, answer="not_received", actor=own)
    with pytest.raises(Refusal, match=r"delivery\.no_ticket"):
        close_ticket(item=item.id, answer="not_received", actor=own)
    with pytest.raises(IntegrityError, match="ticket_closed_with_answer"), transaction.atomic():
        DeliveryTicket.objects.update(answer="")


def test_the_desk_lists_tickets_and_closes_them(client: Client) -> None:
    _, item = silent()
    open_tickets()
    with_role(client, Role.CURATOR, ["350000000"])
    assert f'data-ticket="{item.id}"' in client.get("/desk/deliveries/").content.decode()
    client.post(f"/desk/deliveries/tickets/{item.id}/", {"answer": "nonsense"})
    assert DeliveryTicket.objects.get().closed_at is None
    client.post(f"/desk/deliveries/tickets/{item.id}/", {"answer": "handed_over_anew"})
    assert DeliveryTicket.objects.get().answer == "handed_over_anew"


def test_the_lot_is_kept_and_each_family_is_asked_once() -> None:
    _, item = confirmed()
    before = ProcrastinateJob.objects.filter(task_name__endswith="ask_again").count()
    assert draw_sample(ask=ask_later) == [item.id] and draw_sample(ask=ask_later) == []
    assert ProcrastinateJob.objects.filter(task_name__endswith="ask_again").count() == before + 1


def test_the_second_answer_counts_once_and_a_no_stands_on_the_desk() -> None:
    case, item = confirmed()
    draw_sample(ask=ask_later)
    for message, answer in ((new_id(), "unclear"), (new_id(), "no"), (new_id(), "yes")):
        take_reply.run(message=str(message), awaits=awaited_again(case.id, item.id), answer=answer)
    assert AskedAgain.objects.get().yes is False and DeliveryProblem.objects.count() == 1
    ((_, found),) = estimates()
    assert (found.asked, found.answered, found.yes) == (1, 1, 0)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_what_families_said_is_public_with_interval_and_margin(client: Client, lang: str) -> None:
    assert client.get("/money/deliveries/", headers={"accept-language": lang}).status_code == 200
    for number in range(100):
        AskedAgain.objects.create(item=new_id(), case=new_id(), month="2026-10", asked_at=clock.now(), yes=number < 95)
    seen = client.get("/money/deliveries/", headers={"accept-language": lang}).content.decode()
    assert "88" in seen and "97" in seen and f'lang="{lang}"' in seen
    (month,) = client.get("/money/deliveries.json").json()["months"]
    assert (month["yes"], month["answered"], month["low_bp"], month["high_bp"]) == (95, 100, 8882, 9785)
    assert month["margin_bp"] == 452
