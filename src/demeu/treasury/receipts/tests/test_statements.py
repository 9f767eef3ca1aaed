"""A statement tells every tenge of a year once, to the donor alone, and is sealed."""

import base64
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader

from demeu.contracts.treasury import Statement
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.receipts.statements import make_statement
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


def statement(donor: UUID, year: int, lang: str = "ru") -> Statement:
    return make_statement(donor=donor, year=year, lang=lang, actor=f"person:{donor}")


def text_of(found: Statement) -> str:
    pages = PdfReader(io.BytesIO(base64.b64decode(found.pdf_b64))).pages
    return "".join(page.extract_text() for page in pages).replace("\u00a0", " ")


@pytest.fixture
def story() -> Story:
    told = Story()
    told.declare()
    return told


def test_every_gift_of_the_year_stands_there_once_with_the_state_of_its_tenge(story: Story) -> None:
    donor, year = new_id(), clock.today().year
    gifts = {story.give(amount, donor=donor): amount for amount in (100_000, 250_050, 1_000_000)}
    story.give(999_900, donor=new_id())
    found = statement(donor, year)
    assert {line.gift: line.amount_tiyn for line in found.lines} == gifts
    for line in found.lines:
        assert sum(line.sums.model_dump().values()) == line.amount_tiyn - line.returned_tiyn
        assert line.log_index is not None or line.received_at
    text = text_of(found)
    assert "13 500,50 ₸" in text and all(str(gift) in text.replace("\n", "") for gift in gifts)
    assert statement(donor, year - 1).lines == ()


@pytest.mark.parametrize(("lang", "words"), [("kk", "есеп"), ("ru", "Выписка"), ("en", "Statement of gifts")])
def test_it_speaks_the_donors_language_and_an_empty_year_is_said_so(story: Story, lang: str, words: str) -> None:
    found = statement(new_id(), 2024, lang)
    assert found.lines == () and words in text_of(found)


def test_nobody_else_gets_it(story: Story) -> None:
    donor = new_id()
    for actor in (f"person:{new_id()}", "guest", "role:portal"):
        with pytest.raises(Refusal, match=r"statement\.not_yours"):
            make_statement(donor=donor, year=2026, lang="ru", actor=actor)


def test_the_year_is_that_of_kazakhstan(story: Story) -> None:
    donor = new_id()
    with clock.frozen(datetime(2027, 12, 31, 20, tzinfo=UTC)):
        story.give(100_000, donor=donor)
    assert len(statement(donor, 2028).lines) == 1 and statement(donor, 2027).lines == ()


def test_the_seal_is_valid(story: Story, tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(base64.b64decode(statement(new_id(), 2026).pdf_b64))
    told = subprocess.run(["pdfsig", tmp_path / "s.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told
