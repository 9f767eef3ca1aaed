"""Promises about Halyk's words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.halyk.words import kept_part, order_number, read_callback, tiyn_of, word_of

CALLBACK = {
    "id": "op",
    "invoiceId": "100000001",
    "amount": 7500,
    "currency": "KZT",
    "code": "ok",
    "name": "AIGUL CANARY",
    "email": "a@example.org",
    "phone": "77010000000",
    "ip": "10.0.0.1",
    "cardMask": "4405...0007",
    "cardId": "c",
    "tokenRecipient": "t",
    "accountId": "a",
    "description": "free text",
    "secret_hash": "s3cret",
}


def test_nothing_personal_of_a_callback_is_kept_nor_its_secret() -> None:
    kept = json.dumps(kept_part(CALLBACK))
    for secret in ("CANARY", "example.org", "7701", "10.0.0.1", "4405", "s3cret", "free text"):
        assert secret not in kept
    assert json.loads(kept)["invoiceId"] == "100000001"


@pytest.mark.parametrize(
    ("invoice", "number"),
    [
        ("100000001", 100_000_001),
        ("12345", None),
        ("1234567890123456", None),
        ("1e6", None),
        ("", None),
        ("١٢٣٤٥٦", None),
    ],
)
def test_an_order_number_has_six_to_fifteen_digits(invoice: str, number: int | None) -> None:
    assert order_number({"invoiceId": invoice}) == number


@pytest.mark.parametrize(
    ("amount", "tiyn"),
    [
        ("7500", 750_000),
        ("7500.50", 750_050),
        (7500, 750_000),
        ("0.001", -1),
        ("x", -1),
        (None, -1),
        ("NaN", -1),
        ("1e3", 100_000),
    ],
)
def test_amounts_are_exact_or_match_nothing(amount: object, tiyn: int) -> None:
    assert tiyn_of(amount) == tiyn


def test_only_a_charge_is_payment() -> None:
    names = {"CHARGE": Word.PAID, "FAILED": Word.FAILED, "CANCEL": Word.FAILED, "NEW": Word.WAITING, "3D": Word.WAITING}
    for name, word in names.items():
        assert word_of({"statusName": name, "amount": 1, "currency": "KZT"}).word is word
    assert word_of(None).word is Word.WAITING


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_fault(body: bytes) -> None:
    read_callback(body)


@given(
    st.dictionaries(
        st.sampled_from(sorted(CALLBACK)),
        st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.integers()), st.booleans()),
    )
)
def test_any_object_becomes_a_callback_that_postgresql_can_keep(body: dict[str, object]) -> None:
    read = read_callback(json.dumps(body).encode())
    assert read is not None
    kept = json.dumps(read.kept, allow_nan=False, ensure_ascii=False)
    assert b"\x00" not in kept.encode()
    assert "\\u0000" not in kept


def test_a_bottomless_body_is_no_callback() -> None:
    assert read_callback(b"[" * 60_000) is None
