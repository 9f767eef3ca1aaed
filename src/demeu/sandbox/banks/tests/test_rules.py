"""Decisions of the gateway and the bank, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import luhn

from demeu.sandbox.banks.forms import TEST_CARDS
from demeu.sandbox.banks.rules import cards
from demeu.sandbox.banks.rules.epay_states import fee_tiyn, is_invoice, may_charge, may_refund
from demeu.sandbox.banks.rules.iban import GATEWAY_IBAN, OUTSIDE_IBAN, is_kz_iban, make_kz_iban, spaced
from demeu.sandbox.banks.rules.json_text import json_object, json_text
from demeu.sandbox.banks.rules.plain_text import printable
from demeu.sandbox.banks.rules.tenge import WrongAmount, tenge_number, tenge_text, tiyn_of, tiyn_of_number

AMOUNTS = st.integers(min_value=0, max_value=10**15 - 1)
ACCOUNTS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=13, max_size=13)


@given(AMOUNTS)
def test_every_amount_survives_the_way_out_and_back(amount_tiyn: int) -> None:
    assert tiyn_of(tenge_text(amount_tiyn)) == amount_tiyn
    assert tiyn_of_number(tenge_number(amount_tiyn)) == amount_tiyn
    sent = json_text({"amount": tenge_number(amount_tiyn)})
    assert tiyn_of_number(json_object(sent.encode())["amount"]) == amount_tiyn


@pytest.mark.parametrize(
    "text", ["", "-1", "1.", ".5", "1.234", "1,5", "01", "1e3", " 1", "1 000", "NaN", "١", "9" * 14, "0x1", "1.5\n"]
)
def test_a_text_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(WrongAmount):
        tiyn_of(text)


@pytest.mark.parametrize("value", [1.5, True, None, [], Decimal("NaN"), Decimal("1E+400"), Decimal("0.001")])
def test_a_json_value_that_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(WrongAmount):
        tiyn_of_number(value)


def test_json_never_carries_a_float() -> None:
    assert json_text({"a": [Decimal("7500.50"), 1, None, 'қ"']}) == '{"a":[7500.50,1,null,"қ\\""]}'
    assert json_object(b'{"a": 0.1}')["a"] == Decimal("0.1")
    with pytest.raises(TypeError):
        json_text({"a": 0.1})
    for body in (b"[]", b"{", b'{"a": NaN}', b'"text"'):
        with pytest.raises(ValueError):
            json_object(body)


@given(ACCOUNTS, st.from_regex(r"[0-9]{3}", fullmatch=True))
def test_a_made_iban_is_valid_for_another_implementation_too(account: str, bank: str) -> None:
    iban = make_kz_iban(account, bank)
    assert is_kz_iban(iban)
    assert stdnum_iban.is_valid(iban)
    assert spaced(iban).replace(" ", "") == iban


@given(ACCOUNTS, st.integers(min_value=4, max_value=19), st.sampled_from("0123456789ABCXYZ"))
def test_one_sign_mistaken_for_another_of_its_kind_spoils_an_iban(account: str, place: int, sign: str) -> None:
    iban = make_kz_iban(account)
    if iban[place].isdigit() == sign.isdigit():
        wrong = iban[:place] + sign + iban[place + 1 :]
        assert is_kz_iban(wrong) == (wrong == iban)


def test_the_published_example_is_valid_and_lookalikes_are_not() -> None:
    assert is_kz_iban("KZ86125KZT5004100100")
    assert is_kz_iban(GATEWAY_IBAN) and is_kz_iban(OUTSIDE_IBAN)
    for wrong in ("KZ86125KZT500410010", "kz86125kzt5004100100", "DE89370400440532013000", "KZ85125KZT5004100100", ""):
        assert not is_kz_iban(wrong)


def test_every_test_card_has_a_right_check_digit_and_its_own_outcome() -> None:
    outcomes = []
    for shown, _ in TEST_CARDS:
        card = cards.digits_of(shown)
        assert luhn.is_valid(card) and cards.is_card_number(card)
        outcomes.append(cards.verdict_on(card))
    assert len(set(outcomes)) == len(TEST_CARDS)


@given(st.from_regex(r"[0-9]{13,19}", fullmatch=True))
def test_check_digits_agree_with_another_implementation(card: str) -> None:
    assert cards.is_card_number(card) == luhn.is_valid(card)


def test_an_unknown_card_is_declined_and_only_its_mask_is_kept() -> None:
    verdict = cards.verdict_on("4111111111111111")
    assert verdict.outcome is cards.Outcome.DECLINED
    assert cards.mask_of("4111111111111111") == "411111...1111"


def test_the_code_decides_the_secure_payment() -> None:
    assert cards.verdict_on_code(" 1234 ").outcome is cards.Outcome.PAID
    assert cards.verdict_on_code("4321").reason_code == 457


@pytest.mark.parametrize(
    ("text", "live"),
    [("11/26", True), ("10/26", False), ("12/30", True), ("1230", True), ("13/30", False), ("x", False)],
)
def test_an_expiry_must_not_lie_in_the_past(text: str, live: bool) -> None:
    assert cards.is_live_expiry(text, date(2026, 11, 22)) is live


def test_invoice_numbers_have_six_to_fifteen_digits() -> None:
    assert is_invoice("000001") and is_invoice("9" * 15)
    for wrong in ("12345", "9" * 16, "12345a", "١٢٣٤٥٦", "123456\n"):
        assert not is_invoice(wrong)


def test_money_is_charged_and_refunded_within_its_bounds() -> None:
    assert may_charge("AUTH", 100, 100) and not may_charge("AUTH", 100, 101)
    assert not may_charge("CHARGE", 100, 50) and not may_charge("AUTH", 100, 0)
    assert may_refund("CHARGE", 100, 1) and not may_refund("CHARGE", 100, 101)
    assert not may_refund("REFUND", 100, 1)


@given(AMOUNTS, st.integers(min_value=0, max_value=10_000))
def test_a_fee_is_never_more_than_the_amount(amount_tiyn: int, fee_bp: int) -> None:
    assert 0 <= fee_tiyn(amount_tiyn, fee_bp) <= amount_tiyn


@given(st.text())
def test_printable_text_fits_the_database_and_xml(text: str) -> None:
    kept = printable(text)
    assert kept.encode().decode() == kept
    assert "\x00" not in kept and printable(kept) == kept
