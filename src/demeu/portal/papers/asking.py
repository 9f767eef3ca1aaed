"""What papers ask of the treasury."""

from uuid import UUID

from django.core.cache import cache

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.kernel.operations import Empty

DEADLINE_S = 2.0
KEYS = "papers.log_keys"
FRESH_S = 300


def log_keys() -> treasury.LogHead | None:
    """The log's key and its witnesses' keys, at most five minutes old; None while the treasury is away."""
    kept: treasury.LogHead | None = cache.get(KEYS)
    if kept is None:
        with suppressed(Kind.UNAVAILABLE):
            kept = ask(
                "treasury", treasury.LOG_HEAD, Empty(), actor="guest", purpose=Purpose.DONATION, deadline_s=DEADLINE_S
            )
            cache.set(KEYS, kept, FRESH_S)
    return kept


def statement(donor: UUID, year: int, lang: str) -> treasury.Statement:
    """A donor's gifts of a year and their sealed PDF; only the donor asks."""
    question = treasury.StatementQuestion.model_validate({"donor": donor, "year": year, "lang": lang})
    return ask("treasury", treasury.GIFT_STATEMENT, question, actor=f"person:{donor}", purpose=Purpose.DONATION)


def receipt(gift: UUID, donor: UUID, lang: str) -> treasury.Receipt:
    """The sealed receipt of one gift."""
    question = treasury.ReceiptQuestion.model_validate({"gift": gift, "lang": lang})
    return ask("treasury", treasury.GIFT_RECEIPT, question, actor=f"person:{donor}", purpose=Purpose.DONATION)
