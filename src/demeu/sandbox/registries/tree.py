"""Building and reading the plain XML of registers: names without namespaces, text inside. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
Content = Any


def typed(name: str, *, namespace: str, kind: str, content: Content) -> etree._Element:
    """An element without namespace whose xsi:type is `kind` of the namespace."""
    element = etree.Element(name, nsmap={"m": namespace, "xsi": XSI})
    element.set(f"{{{XSI}}}type", f"m:{kind}")
    fill(element, content)
    return element


def fill(element: etree._Element, content: Content) -> etree._Element:
    """Put text, or (name, content) pairs as children, into the element; a pair with None is left out."""
    if isinstance(content, bool):
        element.text = "true" if content else "false"
    elif isinstance(content, str | int | float | Decimal):
        element.text = str(content)
    else:
        for name, inner in content:
            if inner is not None:
                fill(etree.SubElement(element, name), inner)
    return element


def text(element: etree._Element, path: str) -> str:
    """The stripped text at the path, empty when there is none."""
    return (element.findtext(path) or "").strip()


def texts(element: etree._Element, path: str) -> list[str]:
    """All stripped texts at the path."""
    return [(found.text or "").strip() for found in element.findall(path)]


def tenge(amount_tiyn: int) -> str:
    """Tiyn as tenge with two digits after the point."""
    return f"{amount_tiyn // 100}.{amount_tiyn % 100:02d}"


def type_name(element: etree._Element) -> tuple[str, str]:
    """Namespace and local name of xsi:type; two empty strings without one."""
    written = element.get(f"{{{XSI}}}type", "")
    prefix, _, local = written.rpartition(":")
    return element.nsmap.get(prefix or None) or "", local


def pairs(name: str, contents: Iterable[Content]) -> list[tuple[str, Content]]:
    """The same name before each content."""
    return [(name, content) for content in contents]
