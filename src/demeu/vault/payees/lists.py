"""Reading files of sanctions lists: our lines, CSV, and XML of the United Nations' form. Pure; never keeps a name."""

import csv
import io
from collections.abc import Iterator

from lxml import etree

from demeu.kernel.errors import invalid
from demeu.vault.payees.rules import name_key

NUMBER_DIGITS = 12
Entry = tuple[str, str]


def read_list(content: bytes) -> list[Entry]:
    """(«number», digits) and («name», key of the name), each once, in the file's order. Refuses `list.unreadable`.

    CSV needs a header with `name`, `number` or both; a line of ours is «bin:…», «iin:…» or «name:…».
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise invalid("list.unreadable") from None
    if text.lstrip().startswith("<"):
        found = _from_xml(content)
    elif "name" in (header := [cell.strip().lower() for cell in text.partition("\n")[0].split(",")]) or (
        "number" in header
    ):
        found = _from_csv(text)
    else:
        found = _from_lines(text)
    entries = list(dict.fromkeys(entry for entry in found if entry[1]))
    if not entries:
        raise invalid("list.unreadable")
    return entries


def _from_lines(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        word, _, rest = line.strip().partition(":")
        if word in ("bin", "iin"):
            yield "number", _number(rest)
        elif word == "name":
            yield "name", name_key(rest)


def _from_csv(text: str) -> Iterator[Entry]:
    for row in csv.DictReader(io.StringIO(text)):
        cells = {str(key).strip().lower(): str(value or "") for key, value in row.items()}
        yield "number", _number(cells.get("number", ""))
        yield "name", name_key(cells.get("name", ""))


def _from_xml(content: bytes) -> Iterator[Entry]:
    """People have up to four names and aliases; entities have one name and aliases (UN consolidated list)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise invalid("list.unreadable") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise invalid("list.unreadable")
    for one in root.iter("INDIVIDUAL", "ENTITY"):
        parts = (one.findtext(f"{place}_NAME", "") for place in ("FIRST", "SECOND", "THIRD", "FOURTH"))
        yield "name", name_key(" ".join(parts))
        for alias in one.iter("ALIAS_NAME"):
            yield "name", name_key(alias.text or "")
        for number in one.iter("NUMBER"):
            yield "number", _number(number.text or "")


def _number(text: str) -> str:
    digits = "".join(text.split())
    return digits if len(digits) == NUMBER_DIGITS and digits.isascii() and digits.isdigit() else ""
