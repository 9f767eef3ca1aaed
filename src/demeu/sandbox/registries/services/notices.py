"""What МЧС (`DEMEU_MCHS_EVENTS`) and МВД (`DEMEU_MVD_INCIDENTS`) send by themselves: events and places, no people.

Schemas not confirmed with the operators.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Mutation

MCHS, MVD = "DEMEU_MCHS_EVENTS", "DEMEU_MVD_INCIDENTS"


@dataclass(frozen=True)
class Happening:
    """An event at a place; `ended` closes it, at the very moment when it began it takes it back."""

    number: str
    kind: str
    areas: tuple[str, ...]
    began: datetime
    ended: datetime | None = None
    revision: int = 1


def mchs_notice(event: Happening) -> etree._Element:
    """The notice of МЧС."""
    content = [
        ("number", event.number),
        ("revision", event.revision),
        ("kind", event.kind),
        ("began", event.began.isoformat(timespec="seconds")),
        ("ended", event.ended.isoformat(timespec="seconds") if event.ended else None),
        ("area", tree.pairs("kato", event.areas)),
    ]
    return tree.typed("data", namespace="urn:sandbox:mchs:emergency:1", kind="EmergencyNotice", content=content)


def mvd_notice(event: Happening) -> etree._Element:
    """The notice of МВД."""
    data = tree.typed("data", namespace="urn:sandbox:mvd:incident:1", kind="IncidentNotice", content=[])
    etree.SubElement(data, "place", kato=event.areas[0])
    tree.fill(data, [("occurredAt", event.began.isoformat(timespec="seconds")), ("shelterLost", True)])
    data.set("registration", "".join(sign for sign in event.number if sign.isdigit()) or "0001")
    data.set("category", event.kind)
    if event.ended is not None and event.ended <= event.began:
        data.set("withdrawn", "true")
    return data


def _ends_before_start(data: etree._Element) -> None:
    for began in data.iterfind("began"):
        ended = etree.Element("ended")
        ended.text = "2001-01-01T00:00:00+05:00"
        began.addnext(ended)


def _no_area(data: etree._Element) -> None:
    for area in data.findall("area"):
        data.remove(area)


def _unknown_category(data: etree._Element) -> None:
    data.set("category", "meteorite")


def _no_place(data: etree._Element) -> None:
    for place in data.findall("place"):
        data.remove(place)


WRITERS = {MCHS: mchs_notice, MVD: mvd_notice}
NOTICE_FAULTS: dict[str, dict[str, Mutation]] = {
    MCHS: {"ends_before_start": _ends_before_start, "no_area": _no_area},
    MVD: {"unknown_category": _unknown_category, "no_place": _no_place},
}
NOTICE_SCHEMAS = {MCHS: ("urn:sandbox:mchs:emergency:1", "mchs.xsd"), MVD: ("urn:sandbox:mvd:incident:1", "mvd.xsd")}
