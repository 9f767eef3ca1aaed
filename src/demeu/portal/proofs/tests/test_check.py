"""The check reads what people really have, and says in plain words what each outcome means."""

import io
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pypdf import PdfWriter

from demeu.contracts.treasury import LogChecked, LogStep
from demeu.kernel.errors import Refusal
from demeu.portal.catalogue.tests.conftest import alone  # noqa: F401  (addresses where nobody answers)
from demeu.portal.proofs import views, wording
from demeu.portal.proofs.reading import FILE_BYTES_MAX, mended, proof_in

pytestmark = pytest.mark.django_db
PROOF = "c2sp.org/tlog-proof@v1\nextra\nindex 5\n"
STEPS = ("readable", "signature", "commitment", "inclusion")


def receipt(*names: str) -> bytes:
    made = PdfWriter()
    made.add_blank_page(200, 200)
    for name in names:
        made.add_attachment(name, PROOF.encode())
    written = io.BytesIO()
    made.write(written)
    return written.getvalue()


def test_the_proof_is_found_in_a_text_and_in_a_receipt() -> None:
    assert proof_in(PROOF.encode()) == proof_in(receipt("gift.tlog-proof", "note.txt")) == PROOF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xd8\xff a photo", "proof.none_in_file"),
        (b"hello", "proof.none_in_file"),
        (b"", "proof.none_in_file"),
        (b"%PDF-1.7 torn", "proof.no_pdf"),
        (receipt(), "proof.none_in_pdf"),
        (receipt("one.tlog-proof", "two.tlog-proof"), "proof.none_in_pdf"),
        (b"x" * (FILE_BYTES_MAX + 1), "proof.too_large"),
    ],
)
def test_what_is_no_receipt_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        proof_in(content)
    assert refused.value.code == code


def test_what_pasting_changes_is_put_right() -> None:
    assert mended("\ufeff\n\n" + PROOF.replace("\n", "\r\n") + "\r\n \n") == PROOF


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("failed", STEPS)
def test_each_kind_of_bad_proof_is_explained_in_each_language(lang: str, failed: str) -> None:
    steps = tuple(LogStep(name=name, ok=name != failed) for name in STEPS[: STEPS.index(failed) + 1])  # type: ignore[arg-type]
    with translation.override(lang):
        shown = views._explained(LogChecked(ok=False, steps=steps))
        assert shown["failed"] == failed and len({str(words) for words in shown["means"]}) == 3
        assert [ok for _words, ok in shown["steps"]] == [True] * STEPS.index(failed) + [False] + [None] * (
            3 - STEPS.index(failed)
        )


def test_every_step_that_the_journal_names_has_words() -> None:
    names = set(get_args(LogStep.model_fields["name"].annotation))
    assert names == set(wording.LOG_STEPS) == set(wording.MEANS)


def test_a_good_proof_tells_its_sum_as_money() -> None:
    steps = tuple(LogStep(name=name, ok=True) for name in STEPS)  # type: ignore[arg-type]
    facts = {"amount_tiyn": "750000", "gift": "1"}
    shown = views._explained(LogChecked(ok=True, steps=steps, index=5, size=9, facts=facts))
    assert shown["failed"] == "" and [value for _name, value in shown["facts"]] == ["7\u00a0500\u00a0₸", "1"]


def test_the_page_says_that_the_journal_is_away_and_keeps_what_was_pasted(client: Client) -> None:
    page = client.post("/verify/", {"proof": PROOF})
    assert page.status_code == 503 and "tlog-proof@v1" in page.content.decode()


def test_an_empty_form_and_a_photo_are_told_apart(client: Client) -> None:
    empty = client.post("/verify/", {"proof": " "})
    photo = client.post("/verify/", {"file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff", "image/jpeg")})
    assert empty.status_code == photo.status_code == 422
    assert empty.context["form"].errors.keys() == {"proof"} and photo.context["form"].errors.keys() == {"file"}


@pytest.mark.parametrize(("query", "record"), [("844", 844), ("-1", None), ("x", None), ("9" * 20, None), ("²", None)])
def test_the_code_of_a_receipt_names_its_record_and_proves_nothing(
    client: Client, query: str, record: int | None
) -> None:
    page = client.get("/verify/", {"record": query})
    assert page.status_code == 200 and page.context["record"] == record
    assert "data-verified" not in page.content.decode()
