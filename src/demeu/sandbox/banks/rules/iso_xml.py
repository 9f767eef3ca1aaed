"""Small words for writing ISO 20022 documents in element order.

Never writes an empty element: absent means absent.
"""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from demeu.sandbox.banks.rules.plain_text import printable
from demeu.sandbox.banks.rules.tenge import tenge_text

CURRENCY = "KZT"


def document(namespace: str) -> Any:
    """The root element ``Document`` of a message."""
    default: Any = {None: namespace}
    return etree.Element(f"{{{namespace}}}Document", nsmap=default)


def under(parent: Any, path: str, text: str = "", **attributes: str) -> Any:
    """Append the elements of a path such as ``"Id/IBAN"`` and return the innermost, with its text."""
    node = parent
    for name in path.split("/"):
        node = etree.SubElement(node, etree.QName(etree.QName(parent).namespace, name))
    node.text = printable(text) or None
    for key, value in attributes.items():
        node.set(key, value)
    return node


def under_if(parent: Any, path: str, text: str) -> None:
    """As ``under``, but nothing at all for an empty text."""
    if printable(text):
        under(parent, path, text)


def amount_under(parent: Any, path: str, amount_tiyn: int) -> None:
    """An amount in KZT with two digits."""
    under(parent, path, tenge_text(amount_tiyn), Ccy=CURRENCY)


def moment(value: datetime) -> str:
    """ISO 8601 in UTC to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def xml_bytes(root: Any) -> bytes:
    """The document as UTF-8 with a declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
