"""A donor's statement of a year. It names nobody: whose it is, the asker knows."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.figures import MoneySums
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


GIFT_STATEMENT = Operation("gifts.statement", StatementQuestion, Statement, repeatable=True)
