"""The payment instruction pain.001.001.09 (ISO 20022) with the payee's reference in place of the creditor. Pure.

Vault puts name and account where the reference stands; the filled document is sent at once and kept nowhere.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from lxml import etree

from demeu.kernel.money import decimal_tenge
from demeu.treasury.payouts.profiles import profile_of

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY = "KZT"


@dataclass(frozen=True)
class Debtor:
    """The fund's own account and how its bank wants the purpose (КНП) stated."""

    name: str
    iban: str
    bank_code: str
    purpose_code: str
    profile: str = ""
    """Whose profile describes the payment, when it is not the bank's own."""


@dataclass(frozen=True)
class Instruction:
    """One payment. The 32-hex form of the payout's id serves as message, instruction and end-to-end id."""

    payout: UUID
    payee: UUID
    amount_tiyn: int
    invoice_number: str
    made_at: datetime
    day: date
    to_person: bool = False


def write_instruction(instruction: Instruction, debtor: Debtor) -> str:
    """The document as text, in the element order of the schema."""
    own_namespace: dict[Any, str] = {None: NAMESPACE}
    root = etree.Element(_tag("Document"), nsmap=own_namespace)
    body = _put(root, "CstmrCdtTrfInitn")
    identifier, amount = instruction.payout.hex, decimal_tenge(instruction.amount_tiyn)
    header = _put(body, "GrpHdr")
    _put(header, "MsgId", identifier)
    _put(header, "CreDtTm", instruction.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _put(header, "NbOfTxs", "1")
    _put(header, "CtrlSum", amount)
    _put(header, "InitgPty/Nm", debtor.name)
    part = _put(body, "PmtInf")
    _put(part, "PmtInfId", identifier)
    _put(part, "PmtMtd", "TRF")
    _put(part, "NbOfTxs", "1")
    _put(part, "CtrlSum", amount)
    _put(part, "ReqdExctnDt/Dt", instruction.day.isoformat())
    _put(part, "Dbtr/Nm", debtor.name)
    _put(part, "DbtrAcct/Id/IBAN", debtor.iban)
    _put(part, "DbtrAgt/FinInstnId/BICFI", debtor.bank_code)
    _transaction(_put(part, "CdtTrfTxInf"), instruction, debtor, identifier, amount)
    return etree.tostring(root, encoding="unicode")


def _transaction(node: etree._Element, instruction: Instruction, debtor: Debtor, identifier: str, amount: str) -> None:
    ids = _put(node, "PmtId")
    _put(ids, "InstrId", identifier)
    _put(ids, "EndToEndId", identifier)
    _put(node, "Amt/InstdAmt", amount).set("Ccy", CURRENCY)
    _put(node, "CdtrAgt/FinInstnId/BICFI", debtor.bank_code)
    _put(node, "Cdtr/Nm", str(instruction.payee))
    _put(node, "CdtrAcct/Id/Othr/Id", instruction.payee.hex)
    purpose, remittance = profile_of(debtor.profile or debtor.bank_code).texts(
        knp=debtor.purpose_code, person=instruction.to_person, invoice=instruction.invoice_number
    )
    _put(node, "Purp/Prtry", purpose)
    _put(node, "RmtInf/Ustrd", remittance)


def _put(parent: etree._Element, path: str, text: str | None = None) -> etree._Element:
    for name in path.split("/"):
        parent = etree.SubElement(parent, _tag(name))
    parent.text = text
    return parent


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
