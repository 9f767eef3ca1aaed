"""A donor sees every own gift once, each tenge in one state, and nobody else's."""

import pytest

from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.receipts.own import own_gifts
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_own_gift_stands_there_once_and_its_parts_add_up() -> None:
    story = Story()
    story.declare()
    donor = new_id()
    given = {story.give(amount, donor=donor): amount for amount in (100_000, 250_050)}
    story.give(999_900, donor=new_id())
    found = own_gifts(donor=donor, actor=f"person:{donor}").gifts
    assert {one.gift: one.amount_tiyn for one in found} == given
    for one in found:
        assert sum(part.amount_tiyn for part in one.parts) == one.amount_tiyn - one.returned_tiyn > 0
    assert [one.received_at for one in found] == sorted((one.received_at for one in found), reverse=True)


def test_nobody_else_sees_them_and_nobody_has_none() -> None:
    donor = new_id()
    assert own_gifts(donor=donor, actor=f"person:{donor}").gifts == ()
    with pytest.raises(Refusal, match="not_yours"):
        own_gifts(donor=donor, actor=f"person:{new_id()}")
