"""Gifts as rows: one per form, closed cases, news that comes twice or late."""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.portal.cases.actions import move_case
from demeu.portal.cases.rules import CaseState
from demeu.portal.giving import actions
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.queries import found_target, received_sum_tiyn
from demeu.portal.giving.rules import IntentState, Wanted
from demeu.portal.giving.tasks import note_failed, note_received
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.legal.queries import current_version
from demeu.portal.reactions import REACTIONS
from demeu.portal.wishes.queries import asked_items

pytestmark = pytest.mark.django_db


def begun(gift: UUID, wanted: Wanted, **changes: Any) -> GiftIntent:
    asked: dict[str, Any] = {
        "target": found_target(wanted), "amount_tiyn": 750_000, "fallback": "same_group", "anonymous": True,
        "offer_version": current_version("offer"), "donor": None, "lang": "ru", "by": "guest", **changes,
    }  # fmt: skip
    return actions.begin_gift(gift=gift, **asked)


def received(gift: UUID) -> None:
    note_received.defer(gift=str(gift), amount_tiyn=750_000, target_kind="fund", case=None, donor=None)


def test_a_form_sent_twice_is_one_gift() -> None:
    case, gift = published_case(), new_id()
    for _ in range(2):
        begun(gift, Wanted("case", case.number))
    row = GiftIntent.objects.get()
    assert (row.gift, row.case, row.target_id, row.amount_tiyn) == (gift, case.id, case.id, 750_000)


@pytest.mark.parametrize("change", [{"amount_tiyn": 760_000}, {"fallback": "return"}, {"anonymous": False}])
def test_a_changed_form_with_the_same_id_changes_nothing(change: dict[str, Any]) -> None:
    gift = new_id()
    begun(gift, Wanted("fund", "1"))
    with pytest.raises(Refusal) as refused:
        begun(gift, Wanted("fund", "1"), **change)
    assert refused.value.code == "gift.changed"
    assert GiftIntent.objects.get().amount_tiyn == 750_000


def test_an_old_offer_is_refused_and_leaves_no_gift() -> None:
    with pytest.raises(Refusal) as refused:
        begun(new_id(), Wanted("fund", "1"), offer_version="1999-01-01")
    assert refused.value.code == "legal.text_changed"
    assert not GiftIntent.objects.exists()


def test_a_case_that_has_its_money_takes_no_new_gift_but_a_begun_one_goes_on() -> None:
    case, gift = published_case(), new_id()
    begun(gift, Wanted("case", case.number))
    move_case(case=case.id, to=CaseState.FUNDED, by="role:portal")
    with pytest.raises(Refusal) as refused:
        begun(new_id(), Wanted("case", case.number))
    assert refused.value.code == "gift.case_closed"
    assert begun(gift, Wanted("case", case.number)).gift == gift


def test_a_gift_for_one_item_knows_its_case() -> None:
    case = published_case()
    item = asked_items(case.id).get()
    row = begun(new_id(), Wanted("item", str(item.id)))
    assert (row.target_kind, row.target_id, row.case) == ("item", item.id, case.id)


def test_an_item_of_a_hidden_case_does_not_exist_for_donors() -> None:
    case = published_case()
    move_case(case=case.id, to=CaseState.SUSPENDED, by="role:portal")
    with pytest.raises(Refusal) as refused:
        found_target(Wanted("item", str(asked_items(case.id).get().id)))
    assert refused.value.code == "wish.unknown"


def test_news_of_a_received_gift_is_copied_once() -> None:
    donor, gift = new_id(), new_id()
    begun(gift, Wanted("fund", "1"), donor=donor)
    for _ in range(2):
        received(gift)
    run_jobs()
    row = GiftIntent.objects.get()
    assert row.state == IntentState.RECEIVED and row.received_at is not None
    assert received_sum_tiyn(donor, row.received_at.year) == 750_000


def test_money_that_comes_after_a_decline_counts_and_a_late_decline_does_not() -> None:
    gift = new_id()
    begun(gift, Wanted("fund", "1"))
    note_failed.run(gift=str(gift), state="declined")
    assert GiftIntent.objects.get().state == IntentState.DECLINED
    received(gift)
    note_failed.defer(gift=str(gift), state="expired")
    run_jobs()
    assert GiftIntent.objects.get().state == IntentState.RECEIVED


def test_news_of_a_gift_begun_elsewhere_is_harmless() -> None:
    received(new_id())
    run_jobs()
    assert not GiftIntent.objects.exists()


def test_the_reactions_are_registered() -> None:
    assert note_received in REACTIONS["gift.received"] and note_failed in REACTIONS["gift.failed"]


def test_the_invariant_finds_a_gift_without_an_accepted_offer() -> None:
    begun(new_id(), Wanted("fund", "1"))
    assert "giving.offer_accepted" not in {broken.name for broken in broken_invariants()}
    GiftIntent.objects.update(offer_version="2000-01-01")
    assert "giving.offer_accepted" in {broken.name for broken in broken_invariants()}


def test_the_database_refuses_a_gift_below_the_least_sum() -> None:
    begun(new_id(), Wanted("fund", "1"))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_giving_giftintent SET amount_tiyn = 0")
