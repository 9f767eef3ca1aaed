"""XML schemas of the registers, one file a service, and the check of a message's part against them."""

from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).resolve().parent
_WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="{namespace}" schemaLocation="{file}"/>
  <xs:element name="data" type="xs:anyType"/>
</xs:schema>"""


@cache
def document_schema(file: str) -> etree.XMLSchema:
    """The schema of a whole document."""
    return etree.XMLSchema(etree.parse(str(FOLDER / file)))


@cache
def data_schema(namespace: str, file: str) -> etree.XMLSchema:
    """The schema of an element `data` whose xsi:type names a type of the namespace."""
    text = _WRAPPER.format(namespace=namespace, file=(FOLDER / file).as_uri())
    return etree.XMLSchema(etree.fromstring(text.encode()))


def first_fault(schema: etree.XMLSchema, element: etree._Element) -> str:
    """The first thing the schema says against a copy of the element, empty when it fits."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    try:
        schema.assertValid(alone)
    except etree.DocumentInvalid as fault:
        return str(fault)[:250]
    return ""
