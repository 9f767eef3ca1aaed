"""Pledges of companies: an invoice to pay, and doubling the gifts of others up to a limit."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.gifts import GiftTarget
from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.contracts.words import Language
from demeu.kernel.operations import Message, Operation


class PledgeMake(Message):
    """A company promises a sum: as one gift, or to double others' gifts up to it until a moment.

    `pledge` is made by the asker and is the idempotency key for ever; it is the gift's id, too. `rest`: whether what
    was not matched by then is given all the same, or goes back.
    """

    pledge: UUID
    company: UUID
    kind: Literal["gift", "match"]
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)
    target: GiftTarget
    until: datetime | None = None
    rest: Literal["give", "return"] = "give"
    donor: UUID
    offer_version: str = Field(max_length=40)
    lang: Language = "ru"


class PledgeFilter(Message):
    """A company's pledges, newest first; without a company, the doubling that goes on now, the one that ends first."""

    company: UUID | None = None


class Invoice(Message):
    """What to write into the payment order. The purpose is what finds the pledge in the bank's statement."""

    holder: str
    iban: str
    bic: str
    amount_tiyn: int
    purpose: str


class Pledge(Message):
    """A pledge as it stands: invoiced, paid (one gift), matching, matched (all of it), ended."""

    pledge: UUID
    company: UUID
    kind: Literal["gift", "match"]
    amount_tiyn: int
    target: GiftTarget
    state: str
    matched_tiyn: int
    matches: int
    made_at: datetime
    paid_at: datetime | None
    until: datetime | None
    rest: str
    invoice: Invoice


class PledgeList(Message):
    """In the order of the question."""

    pledges: tuple[Pledge, ...]


PLEDGE_MAKE = Operation("pledges.make", PledgeMake, Pledge)
PLEDGE_LIST = Operation("pledges.list", PledgeFilter, PledgeList, repeatable=True)
