"""Making a gift's receipt on request; nothing is stored, the same gift gives the same words until the log grows."""

import base64
import io
import json
from pathlib import Path
from uuid import UUID

import segno
import typst
from django.conf import settings

from demeu.contracts.treasury import Receipt
from demeu.kernel.errors import conflict
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.proofs.actions import publish_log
from demeu.treasury.proofs.proof_text import read_proof
from demeu.treasury.proofs.queries import place_of, proof_of
from demeu.treasury.receipts.sealing import seal_pdf
from demeu.treasury.receipts.wording import Place, receipt_words

TEMPLATE = Path(__file__).with_name("receipt.typ")


def make_receipt(*, gift: UUID, lang: str) -> Receipt:
    """PDF with the proof attached, and the proof by itself. Raises `gift.unknown`, `gift.not_received`."""
    known = gift_view(gift)
    if known.received_at is None:
        raise conflict("gift.not_received", gift=str(gift), state=known.state.value)
    leaf = receive_step(gift)
    if place_of(leaf) is None:
        publish_log()
    proof = proof_of(leaf)
    place = _place(proof)
    words = receipt_words(known, place, fund=settings.DEMEU_TREASURY_FUND_NAME, lang=lang)
    return Receipt(
        pdf_b64=base64.b64encode(render_pdf(words, proof, check_url(place.index))).decode(),
        proof=proof,
        log_index=place.index,
    )


def check_url(index: int) -> str:
    """Where the public may look a record up; it holds no secret."""
    return f"{settings.DEMEU_TREASURY_RECEIPT_URL}?record={index}"


def render_pdf(words: dict[str, object], proof: str, url: str) -> bytes:
    """The sealed PDF (PDF/A-3b, because the proof is attached)."""
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=0)
    inputs = {"words": json.dumps(words, ensure_ascii=False), "proof": proof, "qr": drawn.getvalue().decode()}
    pdf = typst.compile(TEMPLATE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-3b"])
    assert isinstance(pdf, bytes)
    return seal_pdf(pdf)


def _place(proof: str) -> Place:
    read = read_proof(proof)
    origin, size, root = read.checkpoint.splitlines()[:3]
    return Place(read.index, origin, int(size), root)
