"""The page that checks receipts: one file on a disk, in a real browser, with the network cut."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfWriter
from tests.browser.looking import look_at

from demeu.treasury.proofs.entries import Opening
from demeu.treasury.proofs.merkle import inclusion_proof, leaf_hash, range_root, reader_over
from demeu.treasury.proofs.notes import Checkpoint, public_key, sign
from demeu.treasury.proofs.proof_text import write_proof

BUILT = Path(__file__).resolve().parents[2] / "web" / "dist" / "verify.html"
RECEIPT = BUILT.parents[2] / "src" / "demeu" / "treasury" / "receipts" / "receipt.typ"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
ORIGIN = "example.org/log"
SIZE = 300


def opening(number: int) -> Opening:
    facts = {"amount_tiyn": 75_000_000 + number, "currency": "KZT", "target": "Ақтау «3» шағын ауданы"}
    return Opening("received", datetime(2026, 11, 22, tzinfo=UTC), number.to_bytes(32, "big"), facts)


@pytest.fixture(scope="module")
def proofs() -> list[str]:
    """A proof of every record of a log of three hundred."""
    leaves = [leaf_hash(opening(number).entry()) for number in range(SIZE)]
    read = reader_over(leaves)
    note = sign(Checkpoint(ORIGIN, SIZE, range_root(read, 0, SIZE)), PRIVATE)
    return [write_proof(n, inclusion_proof(read, n, SIZE), note, opening(n).encoded()) for n in range(SIZE)]


@pytest.fixture
def page(context: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """The file as a person saves it, with the log's key inside, opened from the disk without any network."""
    key = public_key(ORIGIN, PRIVATE).vkey
    text = BUILT.read_text(encoding="utf-8").replace('name="log-key" content=""', f'name="log-key" content="{key}"')
    (tmp_path / "verify.html").write_text(text, encoding="utf-8")
    context.set_offline(True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None)
    page.goto((tmp_path / "verify.html").as_uri())
    yield page
    assert said == []


def verdict_of(page: Page, text: str) -> str | None:
    page.locator("#text").fill(text)
    page.locator("#form .button").click()
    return page.locator("#answer").get_attribute("data-verified")


def pdf_with(path: Path, proof: bytes) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("demeu-2.tlog-proof", proof)
    writer.compress_identical_objects()
    for item in writer.pages:
        item.compress_content_streams()
    writer.write(path)
    return path


def receipt_of(path: Path, proof: str) -> Path:
    """The receipt's own template, with this proof attached, as treasury prints it."""
    names = ("fund", "title", "date", "amount", "qr_alt", "proof_title", "proof_text", "checkpoint", "sealed", "footer")
    words = {"lang": "kk", "rows": [["Көмек нөмірі", "1"]], "proof_file": "demeu-2.tlog-proof"}
    inputs = {
        "words": json.dumps(words | dict.fromkeys(names, "Демеу")),
        "proof": proof,
        "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }
    typst.compile(RECEIPT, output=path, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-3b"])
    return path


def test_every_right_record_is_right_and_its_facts_are_shown(page: Page, proofs: list[str], pictures: Path) -> None:
    for number in (0, 1, 2, 127, 128, 255, 256, 298, 299):
        assert verdict_of(page, proofs[number]) == "yes", number
        expect(page.locator("#answer")).to_contain_text(f"Запись № {number} из {SIZE}")
    expect(page.locator("#answer")).to_contain_text("Ақтау «3» шағын ауданы")
    assert look_at(page, "verify-file", pictures) == []


def test_a_wrong_byte_anywhere_in_a_proof_is_seen(page: Page, proofs: list[str]) -> None:
    """Planted faults: each byte of a proof is changed in turn, in the page's own hands."""
    assert verdict_of(page, proofs[200]) == "yes"
    wrong = page.evaluate(
        """(right) => {
          const text = document.getElementById("text"), form = document.getElementById("form"), missed = [];
          for (let at = 0; at < right.length - 1; at += 1) {
            const spoiled = String.fromCharCode(right.charCodeAt(at) ^ 1);
            text.value = right.slice(0, at) + spoiled + right.slice(at + 1);
            form.requestSubmit();
            if (document.getElementById("answer").dataset.verified !== "no") missed.push(at);
          }
          return missed;
        }""",
        proofs[200],
    )
    assert wrong == []


def test_a_pdf_and_a_text_file_are_read_and_a_spoiled_one_is_wrong(
    page: Page, proofs: list[str], tmp_path: Path
) -> None:
    text = tmp_path / "receipt.tlog-proof"
    text.write_text(proofs[2], encoding="utf-8")
    pdf = pdf_with(tmp_path / "receipt.pdf", proofs[2].encode())
    spoiled = pdf_with(tmp_path / "spoiled.pdf", proofs[2].replace("index 2", "index 3").encode())
    printed = receipt_of(tmp_path / "printed.pdf", proofs[2])
    assert proofs[2].encode() not in printed.read_bytes(), "it is packed there"
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"%PDF-1.7 nothing")
    for file, verdict, words in (
        (text, "yes", "Запись № 2"),
        (pdf, "yes", "Запись № 2"),
        (printed, "yes", "Запись № 2"),
        (spoiled, "no", "Доказательство неверно"),
        (empty, "no", "нет доказательства"),
    ):
        page.locator("#file").set_input_files(file)
        expect(page.locator("#answer")).to_contain_text(words)
        assert page.locator("#answer").get_attribute("data-verified") == verdict, file.name


def test_a_file_can_be_dropped_on_the_page(page: Page, proofs: list[str]) -> None:
    page.evaluate(
        """(text) => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "receipt.tlog-proof"));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        proofs[5],
    )
    expect(page.locator("#answer")).to_have_attribute("data-verified", "yes")


def test_the_keyboard_alone_is_enough_and_three_languages_are_spoken(page: Page, proofs: list[str]) -> None:
    page.locator("#text").focus()
    page.keyboard.insert_text(proofs[7])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    for language, words in (("kk", "Дәлел дұрыс."), ("en", "The proof holds."), ("ru", "Доказательство верно.")):
        page.locator(f"#languages button[lang={language}]").click()
        expect(page.locator("#answer h2").first).to_have_text(words)
        assert page.locator("html").get_attribute("lang") == language


def test_another_logs_key_proves_nothing(page: Page, proofs: list[str]) -> None:
    other = public_key(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)).vkey
    page.locator("#keys summary").click()
    for key, verdict in ((other, "no"), ("nonsense", "no"), (public_key(ORIGIN, PRIVATE).vkey, "yes")):
        page.locator("#key").fill(key)
        assert verdict_of(page, proofs[3]) == verdict
