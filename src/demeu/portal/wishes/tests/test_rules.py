"""A wish list forms from facts and stays within limits."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import PayeeKind
from demeu.contracts.vault import NeedFact
from demeu.contracts.words import Registry
from demeu.kernel.errors import Refusal
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.rules import check_edit, proposed
from demeu.portal.wishes.states import ItemState

NEED_CODES = [*sorted({code for line in price_list().prices for code in line.from_need}), "unheard_of"]


def need(code: str, count: int = 1, amount_tiyn: int | None = None) -> NeedFact:
    return NeedFact(code=code, count=count, amount_tiyn=amount_tiyn, source=Registry.IPR)


needs = st.lists(
    st.builds(need, st.sampled_from(NEED_CODES), st.integers(0, 40), st.none() | st.integers(0, 10**12)), max_size=30
)


@given(needs)
def test_a_wish_list_never_passes_its_limits(facts: list[NeedFact]) -> None:
    prices = price_list()
    wishes = proposed(prices, facts)
    assert sum(wish.amount_tiyn for wish in wishes) <= prices.case_amount_max_tiyn
    for wish in wishes:
        line = prices.price(wish.code)
        assert 1 <= wish.quantity <= line.quantity_max
        assert 0 < wish.unit_price_tiyn <= line.unit_price_max_tiyn


def test_a_fact_that_no_line_knows_gives_no_wish() -> None:
    assert proposed(price_list(), [need("unheard_of")]) == []


def test_a_debt_is_priced_by_its_own_sum() -> None:
    wishes = proposed(price_list(), [need("overdue_debt", amount_tiyn=12_345_600)])
    assert [wish.amount_tiyn for wish in wishes] == [12_345_600]


def test_a_debt_without_a_sum_gives_no_wish() -> None:
    assert proposed(price_list(), [need("overdue_debt")]) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"quantity": 4}, "wish.quantity_beyond_facts"),
        ({"quantity": 0}, "wish.quantity_beyond_facts"),
        ({"unit_price_tiyn": 8_000_001}, "wish.price_beyond_list"),
        ({"unit_price_tiyn": -1}, "wish.price_beyond_list"),
        ({"detail": "golden"}, "wish.detail_not_offered"),
    ],
)
def test_a_forbidden_edit_is_refused_with_its_reason(changed: dict[str, object], code: str) -> None:
    line = price_list().price("winter_clothes_child")
    edit: dict[str, object] = {"quantity": 3, "unit_price_tiyn": 6_000_000, "detail": "122-128", **changed}
    with pytest.raises(Refusal) as refused:
        check_edit(line, ItemState.PROPOSED, quantity_max=3, **edit)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_edit_within_the_limits_is_allowed() -> None:
    line = price_list().price("winter_clothes_child")
    check_edit(line, ItemState.PROPOSED, quantity=3, quantity_max=3, unit_price_tiyn=8_000_000, detail="122-128")


def test_an_item_that_donors_are_asked_for_is_not_edited() -> None:
    line = price_list().price("food_parcel")
    with pytest.raises(Refusal) as refused:
        check_edit(line, ItemState.FUNDED, quantity=1, quantity_max=1, unit_price_tiyn=100, detail="")
    assert refused.value.code == "wish.no_longer_editable"


def test_the_family_itself_is_paid_only_for_what_the_dated_list_marks() -> None:
    lines = price_list().prices
    assert all(line.paid_to and set(line.paid_to) <= set(get_args(PayeeKind)) for line in lines)
    assert {line.code for line in lines if "beneficiary" in line.paid_to} == {"home_schooling"}
    assert price_list().price("overdue_debt").paid_to == ("creditor", "bank")
