"""What the public API says and takes. Each description is a text of three languages: the dictionary is made of them.

Sums are whole numbers of tiyn (1 ₸ = 100 tiyn), moments are UTC, days are of Kazakhstan.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from pydantic import Field

from demeu.contracts.treasury import AMOUNT_TIYN_MAX
from demeu.contracts.words import Language, NeedGroup, Urgency
from demeu.kernel.operations import Message
from demeu.portal.giving.rules import AMOUNT_TIYN_MIN

CaseStage = Literal["published", "funded", "delivering", "completed"]
ItemStage = Literal["open", "reserved", "funded", "ordered", "paid", "delivered", "confirmed"]


class Words(Message):
    """One text in three languages."""

    kk: str = Field(description=_("The text in Kazakh"))
    ru: str = Field(description=_("The text in Russian"))
    en: str = Field(description=_("The text in English; empty where it was not written"))


class Sums(Message):
    """Where the money stands: each tenge is in exactly one of the four."""

    received_tiyn: int = Field(description=_("Confirmed by the gateway, not yet matched with the bank"))
    held_tiyn: int = Field(description=_("Matched with the bank, kept in reserve for the purpose"))
    paid_tiyn: int = Field(description=_("Paid to the supplier"))
    delivered_tiyn: int = Field(description=_("What it bought has reached the family"))


class Case(Message):
    """A published case, as its public page shows it."""

    number: str = Field(description=_("Number of the case: year and running number"))
    url: str = Field(description=_("Address of the public page"))
    stage: CaseStage = Field(description=_("Raising, funded, on its way or completed"))
    group: NeedGroup = Field(description=_("Which of the seven groups of need"))
    region_kato: str = Field(
        description=_("Region by the state classifier KATO, nine digits; nine zeros: the whole country")
    )
    urgency: Urgency = Field(description=_("How soon the help is needed"))
    category: int | None = Field(description=_("Category of need from 1 (the sharpest) to 6"))
    verified_by: str = Field(description=_("Organisations that checked the need"))
    visited_on: date | None = Field(description=_("Day of the home visit"))
    published_at: datetime | None = Field(description=_("When the case was published"))
    title: Words = Field(description=_("The need in one sentence"))
    story: Words = Field(description=_("The public story of the case"))
    needed_tiyn: int = Field(description=_("What the whole list costs, tiyn"))
    sums: Sums = Field(description=_("The money given so far, by where it stands"))
    gifts: int = Field(description=_("How many gifts the case has had"))
    as_of: datetime | None = Field(description=_("When the treasury last told these sums"))


class Item(Message):
    """One thing on the list of a case."""

    id: UUID = Field(description=_("Reference of the thing; one can give to it"))
    case: str = Field(description=_("Number of the case that asks for it"))
    code: str = Field(description=_("Kind of thing by the published price list"))
    name: Words = Field(description=_("What the price list calls it"))
    detail: str = Field(description=_("Size or another detail"))
    quantity: int = Field(description=_("How many are needed"))
    unit_price_tiyn: int = Field(description=_("Price of one, tiyn"))
    amount_tiyn: int = Field(description=_("Price of all, tiyn"))
    stage: ItemStage = Field(description=_("Where the thing stands, from raising money to the family’s word"))


class LedgerLine(Message):
    """One proved step of money."""

    at: datetime = Field(description=_("When it happened"))
    kind: Literal[
        "received", "held", "allocated", "payout_prepared", "payout_approved", "paid", "delivered", "confirmed"
    ] = Field(description=_("What happened to the money"))
    item: UUID | None = Field(description=_("The thing that it concerns, if it concerns one"))
    amount_tiyn: int = Field(description=_("How much, tiyn"))
    log_index: int | None = Field(description=_("Number of its record in the transparency log"))


class LogHead(Message):
    """The present head of the transparency log."""

    size: int = Field(description=_("How many records the log has"))
    root: str = Field(description=_("Root of its Merkle tree, hexadecimal"))
    address: str = Field(description=_("Where the log itself can be read and checked"))


class GroupFigures(Message):
    """Public cases of one group or region. Counts below eleven are hidden."""

    key: str = Field(description=_("Code of the group, or the region’s KATO"))
    cases: int | None = Field(description=_("How many public cases; empty when hidden because there are few"))
    needed_tiyn: int | None = Field(description=_("What they need in all, tiyn; empty when hidden"))
    sums: Sums | None = Field(description=_("Their money by where it stands; empty when hidden"))


class Figures(Message):
    """Public totals."""

    sums: Sums = Field(description=_("All the money, by where it stands"))
    gifts: int | None = Field(description=_("How many gifts there have been; empty while the treasury is away"))
    open: int = Field(description=_("Cases that raise money now"))
    on_the_way: int = Field(description=_("Cases that are funded, help is on its way"))
    completed: int = Field(description=_("Cases in which everything has reached the family"))
    by_group: list[GroupFigures] = Field(description=_("The same by group of need"))
    by_region: list[GroupFigures] = Field(description=_("The same by region"))
    as_of: datetime = Field(description=_("When these figures were taken"))


class Region(Message):
    """One of the twenty regions."""

    kato: str = Field(description=_("Code by the state classifier KATO, nine digits"))
    name: Words = Field(description=_("Name of the region"))
    lat: float = Field(description=_("Latitude of its centre, degrees"))
    lon: float = Field(description=_("Longitude of its centre, degrees"))


class Category(Message):
    """One word of a closed list, with its names."""

    kind: Literal["group", "urgency", "case_stage", "item_stage", "item", "programme", "fallback", "gateway"] = Field(
        description=_("Which list the word belongs to")
    )
    code: str = Field(description=_("The word as the API uses it"))
    name: Words = Field(description=_("What it is called"))


class Organization(Message):
    """An organisation that takes part, as the public registry shows it."""

    name: str = Field(description=_("Name of the organisation"))
    kind: str = Field(description=_("A non-profit organisation (ngo) or a state body (state)"))
    url: str = Field(description=_("Its page in the registry"))
    checked_until: date | None = Field(description=_("Until which day the fund vouches for its papers"))
    cases: int = Field(description=_("How many public cases it checked"))
    second_visits: int = Field(description=_("How many of its visits somebody else repeated"))
    agreed: int = Field(description=_("In how many of them both saw the same"))
    complaints_upheld: int = Field(description=_("How many reports of a problem with its cases were right"))
    overdue_reports: int = Field(description=_("How many of its own reports are overdue"))


class Target(Message):
    """What a gift is for."""

    kind: Literal["case", "item", "group", "region", "programme", "fund", "sustainability", "reserve"] = Field(
        description=_("What kind of purpose")
    )
    value: str = Field(
        default="1",
        min_length=1,
        max_length=40,
        description=_("Case number, reference of a thing, code of a group or programme, or KATO; 1 for a fund"),
    )


class GiftRequest(Message):
    """A gift that a donor wants to make through a partner. The donor accepts the public offer on the partner's side."""

    amount_tiyn: int = Field(
        ge=AMOUNT_TIYN_MIN, le=AMOUNT_TIYN_MAX, description=_("All that the donor pays, tiyn"), examples=[250_000]
    )
    target: Target = Field(description=_("What the gift is for"))
    offer_version: str = Field(
        min_length=1, max_length=40, description=_("Version of the public offer that the donor accepted")
    )
    addition_tiyn: int = Field(
        default=0, ge=0, le=AMOUNT_TIYN_MAX, description=_("What of it the donor adds for running the platform, tiyn")
    )
    currency: Literal["KZT"] = Field(default="KZT", description=_("Always tenge"))
    fallback: Literal["same_group", "same_region", "most_urgent", "ask", "return"] = Field(
        default="most_urgent", description=_("What to do with money that the purpose no longer needs")
    )
    anonymous: bool = Field(default=True, description=_("Whether the donor stays unnamed"))
    gateway: Literal["halyk", "kaspi", "freedom", "tiptop", "transfer"] = Field(
        default="halyk", description=_("How the donor pays")
    )
    dedication: Literal["", "birthday", "wedding", "newborn", "memory", "health", "thanks"] = Field(
        default="", description=_("Occasion that the gift is dedicated to")
    )
    lang: Language = Field(default="ru", description=_("Language of the receipt and of the page of the gift"))
    reference: str = Field(
        default="", max_length=60, pattern=r"^[A-Za-z0-9._:/-]*$",
        description=_("The partner’s own number; never a name, phone or account"),
    )  # fmt: skip


class GiftPart(Message):
    """Where a part of a gift stands."""

    case: str | None = Field(description=_("Number of the case that it went to"))
    item: UUID | None = Field(description=_("The thing that it went to"))
    amount_tiyn: int = Field(description=_("How much, tiyn"))
    state: Literal["received", "held", "paid", "delivered"] = Field(description=_("Where this money stands"))


class Payment(Message):
    """Where the donor pays."""

    gateway: str = Field(description=_("How the donor pays"))
    link_url: str = Field(description=_("Page to send the donor to; it works without scripts"))
    expires_at: datetime = Field(description=_("Until when one can pay there"))


class Gift(Message):
    """A gift of this team as it stands."""

    id: UUID = Field(description=_("Reference of the gift"))
    state: str = Field(description=_("started, pending, received, declined, expired, refunded or charged_back"))
    test: bool = Field(description=_("Whether a test key made it"))
    amount_tiyn: int = Field(description=_("All that the donor pays, tiyn"))
    addition_tiyn: int = Field(description=_("What of it goes to running the platform, tiyn"))
    currency: Literal["KZT"] = Field(description=_("Always tenge"))
    target: Target = Field(description=_("What the gift is for"))
    reference: str = Field(description=_("The partner’s own number"))
    created_at: datetime = Field(description=_("When the gift was begun"))
    received_at: datetime | None = Field(description=_("When the gateway confirmed it"))
    page_url: str = Field(description=_("Page on which the donor sees the gift, its trail and its receipt"))
    payment: Payment | None = Field(description=_("Where to pay, until the gift is paid"))
    parts: list[GiftPart] = Field(description=_("What has become of the money so far"))
    log_index: int | None = Field(description=_("Number of its record in the transparency log"))


class Start(Message):
    """Where everything is, and the version of the offer that a donor has to accept."""

    offer_version: str = Field(description=_("Version of the public offer in force"))
    offer_url: str = Field(description=_("Address of the public offer"))
    documentation_url: str = Field(description=_("Page about this API"))
    openapi_url: str = Field(description=_("This API as OpenAPI 3.1"))
    open_data_url: str = Field(description=_("The daily files"))
    licence: str = Field(description=_("Licence of the data"))
    key: Literal["none", "test", "team", "live"] = Field(
        description=_("Kind of the key that this request was made with")
    )
    scopes: list[str] = Field(description=_("What the key opens"))


class CasePage(Message):
    """One page of cases."""

    data: list[Case] = Field(description=_("Cases in the order of their numbers"))
    next: str | None = Field(description=_("Cursor of the next page; empty on the last one"))


class ItemPage(Message):
    """One page of things."""

    data: list[Item] = Field(description=_("Things in the order of their references"))
    next: str | None = Field(description=_("Cursor of the next page; empty on the last one"))


class LedgerPage(Message):
    """One page of the ledger."""

    data: list[LedgerLine] = Field(description=_("Steps in the order of the log"))
    next: str | None = Field(description=_("Cursor of the next page; empty on the last one"))


class GiftPage(Message):
    """One page of the team's gifts."""

    data: list[Gift] = Field(description=_("Gifts, the newest first; states as last heard"))
    next: str | None = Field(description=_("Cursor of the next page; empty on the last one"))


class OrganizationPage(Message):
    """One page of organisations."""

    data: list[Organization] = Field(description=_("Organisations in the order of their names"))
    next: str | None = Field(description=_("Cursor of the next page; empty on the last one"))


class Trail(Message):
    """Every step of a case's money."""

    data: list[LedgerLine] = Field(description=_("Steps, the oldest first"))


class Regions(Message):
    """All regions."""

    data: list[Region] = Field(description=_("The regions in the order of their codes"))


class Categories(Message):
    """All words of closed lists."""

    data: list[Category] = Field(description=_("The words, list by list"))


class Trouble(Message):
    """Why a request was refused (RFC 9457). Nothing was changed and no money was taken."""

    type: str = Field(description=_("Stable name of the problem"))
    title: str = Field(description=_("The name in short words"))
    status: int = Field(description=_("HTTP status"))
    detail: str = Field(description=_("What happened and what to do, in the language of the request"))
    code: str = Field(description=_("Code for programs; it does not change"))
    facts: dict[str, str | int | bool | list[str] | None] = Field(description=_("Facts about the problem, by name"))
    request_id: str = Field(description=_("Number to name when you write to us"))


PUBLISHED: tuple[type[Message], ...] = (
    Case, Item, Sums, Words, LedgerLine, LogHead, Figures, GroupFigures, Region, Category, Organization,
    GiftRequest, Target, Gift, Payment, GiftPart, Start, Trouble,
)  # fmt: skip
