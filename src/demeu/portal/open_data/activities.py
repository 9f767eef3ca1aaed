"""Help by group and region as activities of the IATI standard 2.03. Cells of few cases are put together. Pure.

One activity is the help to one group of need in one region, or in all its other regions together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from demeu.portal.open_data.publisher import Publisher

CELL_LEAST = 11
VERSION = "2.03"
SOCIAL_PROTECTION = "16010"
FOUNDATION = "60"
INCOMING, EXPENDITURE = "1", "4"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REST = "rest"


@dataclass(frozen=True)
class Cell:
    """Public cases of one group in one region (or `rest`): how many, since when, and their money in tiyn."""

    group: str
    region: str
    cases: int
    since: date
    given_tiyn: int
    spent_tiyn: int


def told(cells: Iterable[Cell]) -> list[Cell]:
    """Cells that may be told: small ones of a group become its rest, with the next smallest until eleven cases fit."""
    shown: list[Cell] = []
    by_group: dict[str, list[Cell]] = {}
    for cell in cells:
        by_group.setdefault(cell.group, []).append(cell)
    for group, own in sorted(by_group.items()):
        large = sorted((cell for cell in own if cell.cases >= CELL_LEAST), key=lambda cell: (cell.cases, cell.region))
        rest = [cell for cell in own if cell.cases < CELL_LEAST]
        while rest and sum(cell.cases for cell in rest) < CELL_LEAST and large:
            rest.append(large.pop(0))
        shown += sorted(large, key=lambda cell: cell.region)
        if sum(cell.cases for cell in rest) >= CELL_LEAST:
            shown.append(_together(group, rest))
    return shown


def _together(group: str, cells: list[Cell]) -> Cell:
    return Cell(
        group,
        REST,
        sum(cell.cases for cell in cells),
        min(cell.since for cell in cells),
        sum(cell.given_tiyn for cell in cells),
        sum(cell.spent_tiyn for cell in cells),
    )


@dataclass(frozen=True)
class Names:
    """Names in three languages: language → text, of groups and of regions by their codes."""

    groups: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, Mapping[str, str]]


def document(cells: Iterable[Cell], *, made_at: datetime, publisher: Publisher, names: Names) -> bytes:
    """The whole file."""
    root = etree.Element("iati-activities", version=VERSION)
    root.set("generated-datetime", f"{made_at:%Y-%m-%dT%H:%M:%SZ}")
    for cell in cells:
        root.append(_activity(cell, made_at, publisher, names))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _activity(cell: Cell, made_at: datetime, publisher: Publisher, names: Names) -> etree._Element:
    activity = etree.Element("iati-activity")
    activity.set("last-updated-datetime", f"{made_at:%Y-%m-%dT%H:%M:%SZ}")
    activity.set(XML_LANG, "ru")
    activity.set("default-currency", "KZT")
    activity.set("humanitarian", "1" if cell.group == "emergency_violence_victims" else "0")
    _add(activity, "iati-identifier").text = f"{publisher.identifier}-{cell.group}-{cell.region}"
    _narrate(_add(activity, "reporting-org", ref=publisher.identifier, type=FOUNDATION), {"": publisher.name})
    group, region = names.groups[cell.group], names.regions[cell.region]
    titles = {lang: f"{group[lang]}. {region[lang]}" for lang in group}
    _narrate(_add(activity, "title"), titles)
    _narrate(_add(activity, "description", type="1"), {"en": _described(cell)})
    for role in ("1", "4"):
        organisation = _add(activity, "participating-org", ref=publisher.identifier, type=FOUNDATION, role=role)
        _narrate(organisation, {"": publisher.name})
    _add(activity, "activity-status", code="2")
    _add(activity, "activity-date", {"iso-date": cell.since.isoformat()}, type="2")
    _add(activity, "recipient-country", code="KZ", percentage="100")
    if cell.region != REST:
        _narrate(_add(_add(activity, "location"), "name"), region)
    _add(activity, "sector", vocabulary="1", code=SOCIAL_PROTECTION)
    for kind, amount_tiyn in ((INCOMING, cell.given_tiyn), (EXPENDITURE, cell.spent_tiyn)):
        if amount_tiyn:
            activity.append(_transaction(kind, amount_tiyn, made_at.date()))
    return activity


def _described(cell: Cell) -> str:
    where = "in the other regions together, none of which can be told apart" if cell.region == REST else "in one region"
    return f"{cell.cases} published cases of need {where}: things bought from suppliers and delivered to families."


def _transaction(kind: str, amount_tiyn: int, day: date) -> etree._Element:
    transaction = etree.Element("transaction")
    _add(transaction, "transaction-type", code=kind)
    _add(transaction, "transaction-date", {"iso-date": day.isoformat()})
    value = _add(transaction, "value", {"value-date": day.isoformat()}, currency="KZT")
    value.text = f"{amount_tiyn // 100}.{amount_tiyn % 100:02}"
    _narrate(_add(transaction, "description"), {"en": "Total up to this day"})
    return transaction


def _add(parent: etree._Element, name: str, dashed: Mapping[str, str] | None = None, **given: str) -> etree._Element:
    return etree.SubElement(parent, name, {**given, **(dashed or {})})


def _narrate(parent: etree._Element, texts: Mapping[str, str]) -> None:
    for lang, text in texts.items():
        narrative = etree.SubElement(parent, "narrative")
        narrative.text = text
        if lang:
            narrative.set(XML_LANG, lang)
