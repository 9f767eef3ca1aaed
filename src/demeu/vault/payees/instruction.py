"""Putting a payee into a pain.001.001.09 that holds only the payee's reference. Pure."""

from uuid import UUID

from lxml import etree

from demeu.kernel.errors import forbidden, invalid
from demeu.vault.payees.iso_xml import Element, document, path_in

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


def filled(xml: str, *, payee: UUID, name: str, iban: str) -> str:
    """The document with `Cdtr/Nm` and `CdtrAcct/Id` filled.

    There must be exactly one payment, and both places must hold this payee's reference (its UUID, or its 32-hex form).
    Refuses `instruction.unreadable`, `instruction.foreign_payee`.
    """
    root = document(xml, NAMESPACE, invalid("instruction.unreadable"))
    payments = root.findall(path_in(NAMESPACE, ".//CdtTrfTxInf"))
    if len(payments) != 1:
        raise invalid("instruction.unreadable", payments=len(payments))
    creditor = _only(payments[0], "Cdtr/Nm")
    account = _only(payments[0], "CdtrAcct/Id")
    held = "".join(str(text) for text in account.itertext()).strip()
    if not _names(creditor.text or "", payee) or not _names(held, payee):
        raise forbidden("instruction.foreign_payee")
    creditor.text = name
    for child in list(account):
        account.remove(child)
    etree.SubElement(account, f"{{{NAMESPACE}}}IBAN").text = iban
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()


def _only(payment: Element, path: str) -> Element:
    found = payment.findall(path_in(NAMESPACE, path))
    if len(found) != 1:
        raise invalid("instruction.unreadable", place=path)
    return found[0]


def _names(text: str, payee: UUID) -> bool:
    return text.strip() in (str(payee), payee.hex)
