"""Parses XML without entities, network or DTD, finds elements by Id, and writes canonical forms (C14N 1.0, exclusive).

Canonical bytes are made from a copy: the caller's tree is never changed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from lxml import etree

from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.der import malformed

SIZE_MAX = 20_000_000
DS = "http://www.w3.org/2000/09/xmldsig#"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
SOAP_NAMESPACES = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
ENVELOPED = DS + "enveloped-signature"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_XML = "{http://www.w3.org/XML/1998/namespace}"
ID_ATTRIBUTES = ("Id", f"{{{WSU}}}Id")

Element = etree._Element


@dataclass(frozen=True, slots=True)
class CanonicalForm:
    """One canonicalization method: exclusive or not, comments kept or not, prefixes treated as inclusive ones."""

    exclusive: bool = False
    with_comments: bool = False
    inclusive_prefixes: tuple[str, ...] = ()

    def write(self, element: Element) -> bytes:
        """Canonical bytes of an element where it stands; of the root: of the whole document, outer comments too."""
        if element.getparent() is None:
            return self._serialise(element.getroottree())
        return self._serialise(_detached(element, inherit=not self.exclusive))

    def _serialise(self, subject: Element | etree._ElementTree) -> bytes:
        try:
            return bytes(
                etree.tostring(
                    subject,
                    method="c14n",
                    exclusive=self.exclusive,
                    with_comments=self.with_comments,
                    inclusive_ns_prefixes=list(self.inclusive_prefixes) or None,
                )
            )
        except (ValueError, etree.LxmlError) as error:
            raise malformed("cannot be made canonical") from error


def canonical_form(node: Element) -> CanonicalForm | None:
    """The form that a CanonicalizationMethod or Transform names; None for every other algorithm."""
    name = node.get("Algorithm", "")
    base, with_comments = name.removesuffix("WithComments"), name.endswith("WithComments")
    if base in (_INCLUSIVE, _INCLUSIVE + "#") and len(node) == 0:
        return CanonicalForm(False, with_comments)
    if base != EXCLUSIVE:
        return None
    prefixes = [found.get("PrefixList", "") for found in node if found.tag == f"{{{EXCLUSIVE}}}InclusiveNamespaces"]
    if len(prefixes) != len(node) or len(prefixes) > 1:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, "parameters of a canonical form")
    return CanonicalForm(True, with_comments, tuple(prefixes[0].split()) if prefixes else ())


def parse_xml(source: bytes) -> Element:
    """The root of a document. Raises EdsError(malformed) for anything not well formed, too large, or with a DTD."""
    if len(source) > SIZE_MAX:
        raise malformed("too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise malformed("not well-formed XML") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise malformed("a DTD is refused")
    return root


def elements(root: Element, name: str) -> list[Element]:
    """Every element of this `{namespace}name` under root, in document order."""
    return list(root.iter(name))


def by_id(root: Element, wanted: str) -> Element | None:
    """The only element whose Id or wsu:Id is `wanted`; None when there is none or more than one."""
    found = [
        element
        for element in root.iter(etree.Element)
        if any(element.get(attribute) == wanted for attribute in ID_ATTRIBUTES)
    ]
    return found[0] if len(found) == 1 else None


def without(element: Element) -> None:
    """Removes an element from its tree and leaves the text after it in place."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def place(element: Element) -> tuple[int, ...]:
    """Where an element stands in its document: the number among its siblings, from the root down."""
    way: list[int] = []
    while (parent := element.getparent()) is not None:
        way.append(parent.index(element))
        element = parent
    return tuple(reversed(way))


def at_place(root: Element, way: tuple[int, ...]) -> Element:
    """The element at this place of another copy of the document."""
    for number in way:
        root = root[number]
    return root


def copied(root: Element) -> Element:
    """A copy of the whole document with its comments and instructions outside the root."""
    return copy.deepcopy(root.getroottree()).getroot()


def _detached(element: Element, *, inherit: bool) -> Element:
    """The element as a document of its own that still declares every namespace in scope.

    lxml alone would lose the unused namespaces of ancestors, which inclusive C14N must write; `inherit` takes over the
    xml:* attributes of ancestors, which inclusive C14N writes too and exclusive does not.
    """
    detached = parse_xml(bytes(etree.tostring(element, with_tail=False)))
    for ancestor in element.iterancestors() if inherit else ():
        for name, value in ancestor.attrib.items():
            if str(name).startswith(_XML) and detached.get(name) is None:
                detached.set(name, value)
    return detached
