"""Rows of the daily tables. Each description is a text of three languages: the dictionary is made of them."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _
from pydantic import Field

from demeu.kernel.operations import Message
from demeu.portal.public_api import schemas


class CaseRow(Message):
    """A published case."""

    number: str = Field(description=_("Number of the case: year and running number"))
    url: str = Field(description=_("Address of the public page"))
    stage: str = Field(description=_("Raising, funded, on its way or completed"))
    group: str = Field(description=_("Which of the seven groups of need"))
    region_kato: str = Field(
        description=_("Region by the state classifier KATO, nine digits; nine zeros: the whole country")
    )
    urgency: str = Field(description=_("How soon the help is needed"))
    category: int | None = Field(description=_("Category of need from 1 (the sharpest) to 6"))
    verified_by: str = Field(description=_("Organisations that checked the need"))
    visited_on: date | None = Field(description=_("Day of the home visit"))
    published_at: datetime | None = Field(description=_("When the case was published"))
    title_kk: str = Field(description=_("The need in one sentence, in Kazakh"))
    title_ru: str = Field(description=_("The need in one sentence, in Russian"))
    title_en: str = Field(description=_("The need in one sentence, in English"))
    needed_tiyn: int = Field(description=_("What the whole list costs, tiyn"))
    received_tiyn: int = Field(description=_("Confirmed by the gateway, not yet matched with the bank"))
    held_tiyn: int = Field(description=_("Matched with the bank, kept in reserve for the purpose"))
    paid_tiyn: int = Field(description=_("Paid to the supplier"))
    delivered_tiyn: int = Field(description=_("What it bought has reached the family"))
    gifts: int = Field(description=_("How many gifts the case has had"))


class ItemRow(Message):
    """A thing on the list of a case."""

    id: UUID = Field(description=_("Reference of the thing; one can give to it"))
    case: str = Field(description=_("Number of the case that asks for it"))
    code: str = Field(description=_("Kind of thing by the published price list"))
    detail: str = Field(description=_("Size or another detail"))
    quantity: int = Field(description=_("How many are needed"))
    unit_price_tiyn: int = Field(description=_("Price of one, tiyn"))
    amount_tiyn: int = Field(description=_("Price of all, tiyn"))
    stage: str = Field(description=_("Where the thing stands, from raising money to the family’s word"))


class FigureRow(Message):
    """Public cases of a group or region; few cases are hidden."""

    by: str = Field(description=_("What is counted by: group or region"))
    key: str = Field(description=_("Code of the group, or the region’s KATO"))
    cases: int | None = Field(description=_("How many public cases; empty when hidden because there are few"))
    needed_tiyn: int | None = Field(description=_("What they need in all, tiyn; empty when hidden"))
    received_tiyn: int | None = Field(description=_("Of it received, tiyn; empty when hidden"))
    held_tiyn: int | None = Field(description=_("Of it in reserve, tiyn; empty when hidden"))
    paid_tiyn: int | None = Field(description=_("Of it paid to suppliers, tiyn; empty when hidden"))
    delivered_tiyn: int | None = Field(description=_("Of it delivered, tiyn; empty when hidden"))


class RegionRow(Message):
    """One of the twenty regions."""

    kato: str = Field(description=_("Code by the state classifier KATO, nine digits"))
    name_kk: str = Field(description=_("Its name in Kazakh"))
    name_ru: str = Field(description=_("Its name in Russian"))
    name_en: str = Field(description=_("Its name in English"))
    lat: float = Field(description=_("Latitude of its centre, degrees"))
    lon: float = Field(description=_("Longitude of its centre, degrees"))


class CategoryRow(Message):
    """One word of a closed list."""

    kind: str = Field(description=_("Which list the word belongs to"))
    code: str = Field(description=_("The word as the API uses it"))
    name_kk: str = Field(description=_("Its name in Kazakh"))
    name_ru: str = Field(description=_("Its name in Russian"))
    name_en: str = Field(description=_("Its name in English"))


TABLES: dict[str, type[Message]] = {
    "cases": CaseRow,
    "items": ItemRow,
    "figures": FigureRow,
    "regions": RegionRow,
    "categories": CategoryRow,
}


def case_row(case: schemas.Case) -> CaseRow:
    """A case of the API as a row."""
    plain = case.model_dump(exclude={"title", "story", "sums", "as_of"})
    titles = {f"title_{lang}": text for lang, text in case.title.model_dump().items()}
    return CaseRow.model_validate({**plain, **titles, **case.sums.model_dump()})


def item_row(item: schemas.Item) -> ItemRow:
    """A thing of the API as a row."""
    return ItemRow.model_validate(item.model_dump(exclude={"name"}))


def figure_row(by: str, figures: schemas.GroupFigures) -> FigureRow:
    """Figures of the API as a row."""
    sums = figures.sums.model_dump() if figures.sums else dict.fromkeys(schemas.Sums.model_fields)
    return FigureRow.model_validate({"by": by, **figures.model_dump(exclude={"sums"}), **sums})


def named_row(model: type[Message], one: schemas.Region | schemas.Category) -> Message:
    """A region or a word with its three names."""
    names = {f"name_{lang}": text for lang, text in one.name.model_dump().items()}
    return model.model_validate({**one.model_dump(exclude={"name"}), **names})
