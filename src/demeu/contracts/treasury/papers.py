"""A donor's own gifts: all of them as they stand, and the statement of a year. Nobody is named: the asker knows."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.figures import MoneySums
from demeu.contracts.treasury.gifts import GiftPart
from demeu.contracts.words import Language
from demeu.kernel.operations import Message, Operation


class StatementQuestion(Message):
    """The gifts of one donor that were received in a calendar year of Kazakhstan."""

    donor: UUID
    year: int = Field(ge=2020, le=2100)
    lang: Language = "ru"


class StatementLine(Message):
    """One gift: what was given, what went back, and in which state the rest is. The four sums add up to the rest."""

    gift: UUID
    received_at: datetime
    amount_tiyn: int
    returned_tiyn: int
    target_kind: str
    gateway: str
    sums: MoneySums
    log_index: int | None


class Statement(Message):
    """The lines, oldest first, and the same as a sealed PDF (base64)."""

    year: int
    lines: tuple[StatementLine, ...]
    pdf_b64: str


class OwnGiftsQuestion(Message):
    """All received gifts of one donor; only that donor may ask."""

    donor: UUID


class OwnGift(Message):
    """A received gift and where its parts stand; they add up to what was given and did not go back."""

    gift: UUID
    received_at: datetime
    amount_tiyn: int
    returned_tiyn: int
    parts: tuple[GiftPart, ...]


class OwnGifts(Message):
    """The newest ones first, at most 500."""

    gifts: tuple[OwnGift, ...]


GIFTS_OWN = Operation("gifts.own", OwnGiftsQuestion, OwnGifts, repeatable=True)
GIFT_STATEMENT = Operation("gifts.statement", StatementQuestion, Statement, repeatable=True)
