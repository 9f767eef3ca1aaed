"""Gifts for the platform itself and for emergencies: they never become money of a need."""

import pytest

from demeu.contracts.treasury import GiftTarget
from demeu.treasury import figures
from demeu.treasury.donations.models import NeedItem
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["sustainability", "reserve"])
@pytest.mark.parametrize("fallback", ["most_urgent", "same_group", "same_region", "return"])
def test_money_for_a_fund_of_its_own_is_never_shared_out(kind: str, fallback: str) -> None:
    story = Story()
    story.declare()
    gift = story.give(750_000, target=GiftTarget.model_validate({"kind": kind}), fallback=fallback)
    assert not NeedItem.objects.filter(funded_tiyn__gt=0).exists()
    [part] = figures.gift_card(gift).parts
    assert (part.case, part.item, part.amount_tiyn) == (None, None, 750_000)
