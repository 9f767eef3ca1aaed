"""Promises about reading statement lines."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.reconciliation.rules import Kind, Meaning, meaning_of

PAYOUT = UUID(int=7)


@pytest.mark.parametrize(
    ("amount", "end_to_end", "reference", "meaning"),
    [
        (100, "", "EPAY/100000001/R1", Meaning(Kind.SETTLEMENT, order_number=100_000_001)),
        (-100, "", "EPAY/100000001/R1", Meaning(Kind.REFUND, order_number=100_000_001)),
        (100, "", "FREEDOM/100000001/R1", Meaning(Kind.SETTLEMENT, order_number=100_000_001)),
        (100, "", "KASPI/100000001/R1", Meaning(Kind.SETTLEMENT, order_number=100_000_001)),
        (-100, PAYOUT.hex, "", Meaning(Kind.PAYMENT, payout=PAYOUT)),
        (100, PAYOUT.hex, "", Meaning(Kind.RETURN, payout=PAYOUT)),
        (100, "", "EPAY/12/R1", Meaning(Kind.UNMATCHED)),
        (100, "", "xEPAY/100000001/R1", Meaning(Kind.UNMATCHED)),
        (100, "NOTPROVIDED", "", Meaning(Kind.UNMATCHED)),
        (100, str(PAYOUT), "", Meaning(Kind.UNMATCHED)),
    ],
)
def test_a_line_is_what_its_sign_and_references_say(
    amount: int, end_to_end: str, reference: str, meaning: Meaning
) -> None:
    assert meaning_of(amount_tiyn=amount, end_to_end_id=end_to_end, reference=reference) == meaning


@given(st.integers(), st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_a_meaning(amount: int, end_to_end: str, reference: str) -> None:
    assert meaning_of(amount_tiyn=amount, end_to_end_id=end_to_end, reference=reference).kind in Kind
