"""Payees' numbers, payable items, who may approve, replies, without a database."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import ItemMoney, MoneySums, Payout, PayoutApproval
from demeu.contracts.words import Role
from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.portal.payments.rules import (
    approval_problem,
    approving_role,
    awaited,
    busy_items,
    delivery_of,
    iban_problem,
    number_problem,
    payable,
)

APPROVER = frozenset({Role.FINANCE_APPROVER, Role.APPLICANT})


def payout(**changes: object) -> Payout:
    return Payout.model_validate(
        {
            "payout": new_id(), "case": new_id(), "items": (new_id(),), "payee": new_id(), "amount_tiyn": 750_000,
            "invoice_number": "1", "state": "prepared", "prepared_at": now(), "preparer": new_id(), "approver": None,
            "settled_at": None, "required": {"finance_approver": 1}, "lacking": {"finance_approver": 1}, **changes,
        }
    )  # fmt: skip


def money(item: UUID, needed: int, *, received: int = 0, held: int = 0, paid: int = 0) -> ItemMoney:
    sums = MoneySums(received_tiyn=received, held_tiyn=held, paid_tiyn=paid, delivered_tiyn=0)
    return ItemMoney(item=item, needed_tiyn=needed, sums=sums)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("990940000006", None),
        ("990940000007", "check_digit"),
        ("99094000000", "length"),
        ("9909400000066", "length"),
        ("99094000000O", "not_digits"),
        ("٩٩٠٩٤٠٠٠٠٠٠٦", "not_digits"),
        ("", "not_digits"),
    ],
)
def test_a_mistyped_bin_is_found_with_its_reason(number: str, problem: str | None) -> None:
    assert number_problem(number) == problem


# The eleventh digit has weight 11 and does not change the remainder: the decree's check cannot see it.
@given(st.integers(0, 11).filter(lambda place: place != 10), st.integers(1, 9))
def test_one_wrong_digit_of_a_bin_never_passes(place: int, step: int) -> None:
    digits = [int(digit) for digit in "990940000006"]
    digits[place] = (digits[place] + step) % 10
    assert number_problem("".join(str(digit) for digit in digits)) == "check_digit"


@pytest.mark.parametrize(
    ("iban", "problem"),
    [
        ("KZ62999SUPPLIER00001", None),
        (" kz62 999supplier00001 ", None),
        ("KZ63999SUPPLIER00001", "check_digit"),
        ("KZ62999SUPPLIER0000", "length"),
        ("DE62999SUPPLIER00001", "not_kz"),
        ("KZ62A99SUPPLIER00001", "form"),
        ("", "not_kz"),
    ],
)
def test_a_mistyped_account_is_found_with_its_reason(iban: str, problem: str | None) -> None:
    assert iban_problem(iban) == problem


@given(st.text(max_size=30))
def test_any_text_is_judged_and_never_breaks(text: str) -> None:
    assert number_problem(text) in {None, "not_digits", "length", "check_digit"}
    assert iban_problem(text) in {None, "not_kz", "length", "form", "check_digit"}


def test_only_items_that_the_bank_holds_in_full_and_that_are_free_can_be_paid() -> None:
    held, short, received, busy, paid = (new_id() for _ in range(5))
    items = [
        money(held, 100, held=100),
        money(short, 100, held=60),
        money(received, 100, received=100),
        money(busy, 100, held=100),
        money(paid, 100, paid=100),
    ]
    taken = busy_items([payout(items=(busy,)), payout(items=(held,), state="rejected")])
    assert [row.item for row in payable(items, taken)] == [held]


def test_nobody_approves_what_they_prepared_or_their_own_case_or_without_the_role() -> None:
    row, other = payout(), new_id()
    assert approval_problem(row, other, APPROVER, new_id()) is None
    assert approval_problem(row, row.preparer, APPROVER, new_id()) == "own_payout"
    assert approval_problem(row, other, APPROVER, other) == "own_case"
    assert approval_problem(row, other, frozenset({Role.FINANCE_PREPARER}), None) == "not_approver"
    assert approval_problem(payout(state="sent"), other, APPROVER, None) == "not_waiting"
    given = PayoutApproval(approver=other, role="finance_approver", signature=new_id(), at=now())
    waits = payout(approvals=(given,), lacking={"fund_staff": 1})
    assert approval_problem(waits, other, APPROVER, None) == "signed_already"
    assert approval_problem(waits, new_id(), APPROVER, None) == "role_done"
    assert approval_problem(waits, new_id(), frozenset({Role.FUND_STAFF}), None) is None
    assert approving_role(waits, frozenset({Role.FUND_STAFF, Role.FINANCE_APPROVER})) == "fund_staff"


@given(st.uuids(), st.uuids())
def test_a_reply_finds_its_delivery(case: UUID, item: UUID) -> None:
    assert delivery_of(awaited(case, item)) == (case, item)


@given(st.text(max_size=100))
def test_a_reply_to_anything_else_finds_none(text: str) -> None:
    assert delivery_of(text) is None and delivery_of(f"delivery:{text}") is None
