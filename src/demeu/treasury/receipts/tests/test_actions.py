"""Promises of a receipt: readable, checkable, and silent about the donor."""

import base64
import io
import time
from uuid import UUID

import pytest
from pypdf import PdfReader

from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.donations.actions.gifts import start_gift
from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.verify import verify_proof
from demeu.treasury.receipts.actions import check_url, make_receipt
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


def pdf_of(gift: UUID, lang: str) -> PdfReader:
    return PdfReader(io.BytesIO(base64.b64decode(make_receipt(gift=gift, lang=lang).pdf_b64)))


@pytest.fixture
def gift() -> UUID:
    story = Story()
    story.declare()
    return story.give(123_456_700, donor=new_id(), anonymous=False)


@pytest.mark.parametrize(("lang", "word"), [("kk", "түбіртегі"), ("ru", "Получено"), ("en", "Received")])
def test_a_receipt_speaks_the_readers_language_and_shows_the_sum(gift: UUID, lang: str, word: str) -> None:
    [page] = pdf_of(gift, lang).pages
    text = page.extract_text().replace("\u00a0", " ")
    assert word in text and "1 234 567 ₸" in text and str(gift) in text


def test_the_attached_proof_is_the_proof_and_holds(gift: UUID) -> None:
    receipt = make_receipt(gift=gift, lang="ru")
    [(name, [content])] = pdf_of(gift, "ru").attachments.items()
    assert name == f"demeu-{receipt.log_index}.tlog-proof" and content.decode() == receipt.proof
    found = verify_proof(receipt.proof, log_note_key())
    assert found.index == receipt.log_index
    assert found.opening.facts["gift"] == str(gift) and found.opening.facts["amount_tiyn"] == 123_456_700


def test_the_code_on_the_receipt_holds_no_secret() -> None:
    assert check_url(844).endswith("/verify/?record=844")


def test_a_second_receipt_is_made_in_two_seconds(gift: UUID) -> None:
    make_receipt(gift=gift, lang="kk")
    began = time.perf_counter()
    make_receipt(gift=gift, lang="kk")
    assert time.perf_counter() - began < 2


def test_a_gift_without_money_has_no_receipt() -> None:
    story = Story()
    story.declare()
    asked = story.asked(100)
    start_gift(asked=asked, gateway="demo")
    with pytest.raises(Refusal, match=r"gift\.not_received"):
        make_receipt(gift=asked.gift, lang="ru")
