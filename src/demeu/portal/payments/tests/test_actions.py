"""Acts, replies and problems as rows; treasury and vault are not running here."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.contracts.words import Role
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Case
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.payments import actions
from demeu.portal.payments.models import DeliveryAct, DeliveryProblem, InvoicePaper
from demeu.portal.payments.queries import audit_lines, deliveries_of, delivery, open_problems
from demeu.portal.payments.rules import awaited
from demeu.portal.payments.tasks import take_reply
from demeu.portal.reactions import REACTIONS
from demeu.portal.wishes.actions import advance_item
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.queries import asked_items
from demeu.portal.wishes.states import ItemState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_calls")]


def paid_item() -> tuple[Case, Item]:
    case = published_case(curator=new_id())
    item = asked_items(case.id).get()
    advance_item(item=item.id, to=ItemState.PAID, by="role:treasury")
    return case, Item.objects.get(id=item.id)


def noted(case: Case, item: Item) -> None:
    actions.note_delivery(
        case=case.id, item=item.id, document=new_id(), sha256="0" * 64, photo=None, by=f"person:{case.curator}"
    )


def curator(person: Any, *regions: str) -> Actor:
    return Actor(person, frozenset({Role.CURATOR}), {Role.CURATOR: frozenset(regions)} if regions else {})


def test_an_act_makes_the_item_delivered_and_asks_the_family_once() -> None:
    case, item = paid_item()
    for _ in range(2):
        noted(case, item)
    assert Item.objects.get(id=item.id).state == ItemState.DELIVERED
    assert DeliveryAct.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name__endswith="ask_family").count() == 1


def test_a_no_stands_on_the_curators_desk_until_somebody_closes_it() -> None:
    case, item = paid_item()
    noted(case, item)
    message = new_id()
    for _ in range(2):
        take_reply.run(message=str(message), awaits=awaited(case.id, item.id), answer="no")
    desk = curator(case.curator)
    assert [row.message for row, _ in open_problems(desk)] == [message]
    assert open_problems(curator(new_id(), "750000000")) == []
    actions.close_problem(message=message, answer="sent_again", by=desk.name)
    assert open_problems(desk) == []
    with pytest.raises(Refusal) as refused:
        actions.close_problem(message=message, answer="sent_again", by=desk.name)
    assert refused.value.code == "delivery.no_problem"


def test_a_yes_is_tried_again_while_the_treasury_is_away() -> None:
    case, item = paid_item()
    with pytest.raises(Refusal) as refused:
        take_reply.run(message=str(new_id()), awaits=awaited(case.id, item.id), answer="yes")
    assert refused.value.kind == Kind.UNAVAILABLE


@pytest.mark.parametrize(("awaits", "answer"), [("visit:1", "no"), ("delivery:1:2", "no"), ("", "yes")])
def test_replies_to_other_messages_and_nonsense_do_nothing(awaits: str, answer: str) -> None:
    take_reply.run(message=str(new_id()), awaits=awaits, answer=answer)
    assert not DeliveryProblem.objects.exists()


def test_an_unclear_reply_does_nothing() -> None:
    case, item = paid_item()
    take_reply.run(message=str(new_id()), awaits=awaited(case.id, item.id), answer="unclear")
    assert not DeliveryProblem.objects.exists()


def test_only_the_family_itself_confirms_by_a_tap_and_only_what_was_delivered() -> None:
    case, item = paid_item()
    family = Actor(case.person, frozenset({Role.APPLICANT}))
    for actor, code in (
        (Actor(new_id()), "delivery.not_yours"),
        (Actor(), "delivery.not_yours"),
        (family, "delivery.not_delivered"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.confirm_by_tap(case=case.id, item=item.id, actor=actor)
        assert refused.value.code == code
    noted(case, item)
    with pytest.raises(Refusal) as refused:
        actions.confirm_by_tap(case=case.id, item=item.id, actor=family)
    assert refused.value.code == "call.service_down"
    advance_item(item=item.id, to=ItemState.CONFIRMED, by="role:treasury")
    actions.confirm_by_tap(case=case.id, item=item.id, actor=family)


def test_curators_see_their_own_cases_and_those_of_their_regions() -> None:
    case, item = paid_item()
    for actor, seen in (
        (curator(case.curator), 1),
        (curator(new_id(), "350000000"), 1),
        (curator(new_id(), "750000000"), 0),
        (curator(new_id()), 0),
        (Actor(new_id(), frozenset({Role.AUDITOR})), 1),
    ):
        assert len(deliveries_of(actor)) == seen
        if not seen:
            with pytest.raises(Refusal) as refused:
                delivery(item.id, actor)
            assert refused.value.code == "delivery.other_region"


def test_the_first_invoice_of_a_payout_stays() -> None:
    payout, first = new_id(), new_id()
    actions.note_invoice(payout=payout, document=first, by="person:1")
    actions.note_invoice(payout=payout, document=new_id(), by="person:2")
    assert InvoicePaper.objects.get().document == first


def test_the_invariant_finds_an_act_of_an_item_that_is_not_delivered() -> None:
    case, item = paid_item()
    noted(case, item)
    assert "payments.act_has_delivered_item" not in {row.name for row in broken_invariants()}
    Item.objects.filter(id=item.id).update(state=ItemState.PAID)
    assert "payments.act_has_delivered_item" in {row.name for row in broken_invariants()}


def test_a_problem_is_closed_by_somebody() -> None:
    actions.note_problem(message=new_id(), case=new_id(), item=new_id(), by="role:portal")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryProblem.objects.update(closed_by="person:1")


def test_the_audit_is_found_by_the_beginning_of_each_word() -> None:
    case, item = paid_item()
    noted(case, item)
    assert audit_lines(action="delivery.", subject=f"item:{item.id}", actor="person:").count() == 1
    assert audit_lines(action="delivery.", actor="role:").count() == 0


def test_replies_are_heard() -> None:
    assert take_reply in REACTIONS["message.replied"]
