"""Promises about the shape of a transfer."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, check_legs, digest, mirrored, moved, step_id

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


def test_the_digest_sees_amount_account_and_lot_but_not_the_order_of_legs() -> None:
    legs = moved(5, out_of=Account.RECEIVED, into=Account.HELD, lot=Lot(gift=GIFT))
    assert digest(Kind.SETTLE, legs) == digest(Kind.SETTLE, legs[::-1])
    others = [
        moved(6, out_of=Account.RECEIVED, into=Account.HELD, lot=Lot(gift=GIFT)),
        moved(5, out_of=Account.HELD, into=Account.RECEIVED, lot=Lot(gift=GIFT)),
        moved(5, out_of=Account.RECEIVED, into=Account.HELD),
    ]
    assert digest(Kind.SETTLE, legs) not in {digest(Kind.SETTLE, other) for other in others}


def test_a_step_has_one_id_and_different_steps_have_different_ids() -> None:
    assert step_id(GIFT, "receive") == step_id(GIFT, "receive") != step_id(GIFT, "settle")
