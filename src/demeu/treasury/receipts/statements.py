"""A donor's statement of a year, made on request from the books; nothing is stored and nobody is named."""

import base64
import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import typst
from django.conf import settings

from demeu.contracts.treasury import MoneySums, Statement, StatementLine
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import forbidden
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.queries import GiftView, gifts_received
from demeu.treasury.ledger.queries import lots
from demeu.treasury.proofs.queries import places_of
from demeu.treasury.receipts.sealing import seal_pdf
from demeu.treasury.receipts.statement_words import statement_words

TEMPLATE = Path(__file__).with_name("statement.typ")
STATES = ("received", "held", "paid", "delivered")


def make_statement(*, donor: UUID, year: int, lang: str, actor: str) -> Statement:
    """All gifts of a year and a sealed PDF. Raises `statement.not_yours` for anybody but the donor."""
    if actor != f"person:{donor}":
        raise forbidden("statement.not_yours")
    since, until = datetime(year, 1, 1, tzinfo=ALMATY), datetime(year + 1, 1, 1, tzinfo=ALMATY)
    gifts = gifts_received(donor=donor, since=since, until=until)
    places = places_of(receive_step(gift.id) for gift in gifts)
    lines = tuple(_line(gift, places.get(receive_step(gift.id))) for gift in gifts)
    words = statement_words(lines, year=year, fund=settings.DEMEU_TREASURY_FUND_NAME, lang=lang)
    return Statement(year=year, lines=lines, pdf_b64=base64.b64encode(render_statement(words)).decode())


def render_statement(words: dict[str, object]) -> bytes:
    """The sealed PDF."""
    inputs = {"words": json.dumps(words, ensure_ascii=False)}
    pdf = typst.compile(TEMPLATE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-3b"])
    assert isinstance(pdf, bytes)
    return seal_pdf(pdf)


def _line(gift: GiftView, place: int | None) -> StatementLine:
    sums = dict.fromkeys(STATES, 0)
    for balance in lots(gift=gift.id):
        sums[balance.state] += balance.amount_tiyn
    assert gift.received_at is not None
    return StatementLine(
        gift=gift.id,
        received_at=gift.received_at,
        amount_tiyn=gift.amount_tiyn,
        returned_tiyn=gift.returned_tiyn,
        target_kind=gift.target_kind,
        gateway=gift.gateway,
        sums=MoneySums(**{f"{state}_tiyn": sums[state] for state in STATES}),
        log_index=place,
    )
