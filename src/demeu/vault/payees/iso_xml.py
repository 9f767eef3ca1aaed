"""Strict reading of ISO 20022 documents: one namespace, no DTD, no entities, nothing from the network. Pure."""

from lxml import etree

from demeu.kernel.errors import Refusal

Element = etree._Element


def document(xml: str, namespace: str, refusal: Refusal) -> Element:
    """The root `Document` of the namespace; raises the given refusal for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise refusal from None
    if root.getroottree().docinfo.internalDTD is not None or root.tag != f"{{{namespace}}}Document":
        raise refusal
    return root


def path_in(namespace: str, path: str) -> str:
    """«a/b» with every step in the namespace; «.//a» begins anywhere below."""
    below, _, rest = path.partition(".//")
    steps = "/".join(f"{{{namespace}}}{step}" for step in (rest or below).split("/"))
    return f".//{steps}" if rest else steps
