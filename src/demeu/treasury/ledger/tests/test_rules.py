"""Promises about the shape of a transfer."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.treasury.ledger.rules import (
    HOLDING,
    Account,
    Leg,
    Lot,
    check_ends,
    check_holding,
    check_legs,
    mirrored,
    moved,
    same_legs,
    step_id,
)

amounts = st.integers(min_value=1, max_value=10**12)
accounts = st.sampled_from(list(Account))
GIFT = UUID(int=7)


@given(st.lists(st.tuples(amounts, accounts, accounts), min_size=1, max_size=8))
def test_movements_always_balance_and_so_do_their_mirrors(rows: list[tuple[int, Account, Account]]) -> None:
    legs = [leg for amount, a, b in rows for leg in moved(amount, out_of=a, into=b)]
    check_legs(legs)
    check_legs(mirrored(legs))
    assert mirrored(mirrored(legs)) == legs
    assert sum(leg.amount_tiyn for leg in legs + mirrored(legs)) == 0


@pytest.mark.parametrize(
    ("legs", "code"),
    [
        ([Leg(Account.BANK, 1)], "ledger.too_few_legs"),
        ([Leg(Account.BANK, 1), Leg(Account.HELD, 0)], "ledger.empty_leg"),
        ([Leg(Account.BANK, 10**16), Leg(Account.HELD, -(10**16))], "ledger.too_large"),
        ([Leg(Account.BANK, 2), Leg(Account.HELD, -1)], "ledger.unbalanced"),
    ],
)
def test_what_is_no_transfer_is_refused(legs: list[Leg], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_legs(legs)
    assert refused.value.code == code


def test_sameness_sees_amount_account_and_lot_but_not_the_order_of_legs() -> None:
    legs = moved(5, out_of=Account.RECEIVED, into=Account.HELD, lot=Lot(gift=GIFT))
    assert same_legs(legs, legs[::-1])
    for other in (
        moved(6, out_of=Account.RECEIVED, into=Account.HELD, lot=Lot(gift=GIFT)),
        moved(5, out_of=Account.HELD, into=Account.RECEIVED, lot=Lot(gift=GIFT)),
        moved(5, out_of=Account.RECEIVED, into=Account.HELD),
        legs + legs,
    ):
        assert not same_legs(legs, other)


def test_a_hold_sets_aside_and_its_end_takes_out_exactly_that() -> None:
    held = moved(5, out_of=Account.HELD, into=HOLDING, lot=Lot(gift=GIFT))
    check_holding(held)
    check_ends(held, mirrored(held))
    part = [*moved(3, out_of=HOLDING, into=Account.PAID, lot=Lot(gift=GIFT)),
            *moved(2, out_of=HOLDING, into=Account.HELD, lot=Lot(gift=GIFT))]  # fmt: skip
    check_ends(held, part)
    for legs in ([], moved(5, out_of=Account.RECEIVED, into=Account.HELD), mirrored(held)):
        with pytest.raises(Refusal, match=r"ledger\.holds_nothing"):
            check_holding(legs)
    for legs in (part[:2], moved(5, out_of=HOLDING, into=Account.PAID, lot=Lot())):
        with pytest.raises(Refusal, match=r"ledger\.hold_differs"):
            check_ends(held, legs)


def test_a_step_has_one_id_and_different_steps_have_different_ids() -> None:
    assert step_id(GIFT, "receive") == step_id(GIFT, "receive") != step_id(GIFT, "settle")
