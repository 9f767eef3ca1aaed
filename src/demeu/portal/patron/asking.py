"""What donors' pages ask of the treasury. A silent treasury is an answer: then the pages say so."""

from uuid import UUID

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed

DEADLINE_S = 4.0


def own_gifts(donor: UUID) -> tuple[treasury.OwnGift, ...] | None:
    """All received gifts with where they stand; None while the treasury is away. Only the donor asks."""
    question = treasury.OwnGiftsQuestion(donor=donor)
    with suppressed(Kind.UNAVAILABLE):
        return ask(
            "treasury", treasury.GIFTS_OWN, question, actor=f"person:{donor}", purpose=Purpose.DONATION,
            deadline_s=DEADLINE_S,
        ).gifts  # fmt: skip
    return None
