"""A case whose payout can be prepared."""

import pytest

from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.tests.cast import Story

ALL = 750_000


@pytest.fixture
def story() -> Story:
    """A case whose money is all in the bank."""
    found = Story()
    found.declare()
    gift = found.give(ALL)
    assert hold_gift(gift=gift, net_tiyn=ALL, fee_tiyn=0, entry="E")
    return found
