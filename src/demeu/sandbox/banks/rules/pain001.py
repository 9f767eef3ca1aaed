"""Strict reading of pain.001.001.09 (customer credit transfer initiation, ISO 20022).

Never resolves entities, never guesses: what is not in the schema or does not add up is refused with an ISO reason code.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from demeu.sandbox.banks.rules.iban import is_kz_iban
from demeu.sandbox.banks.rules.tenge import WrongAmount, tiyn_of

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_NS = {"p": NAMESPACE}
_SCHEMA = Path(__file__).parent.parent / "schemas" / "pain.001.001.09.xsd"


class Unreadable(ValueError):
    """The message as a whole is refused: ISO reason code, a sentence, and its MsgId if that could be read."""

    def __init__(self, code: str, text: str, message_id: str = "") -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text, self.message_id = code, text, message_id


@dataclass(frozen=True)
class Transfer:
    """One credit transfer as ordered; ``fault`` is an ISO reason code when it cannot be executed as written."""

    payment_id: str
    instruction_id: str
    end_to_end_id: str
    amount_tiyn: int
    debtor_iban: str
    creditor_iban: str
    creditor_name: str
    purpose: str
    text: str
    fault: str = ""


@dataclass(frozen=True)
class Initiation:
    """A message whose structure and sums are right."""

    message_id: str
    count: int
    sum_tiyn: int
    transfers: tuple[Transfer, ...]


def read_pain001(body: bytes) -> Initiation:
    """The orders of a message; raises Unreadable (FF01 structure, AM10 sum, AM18 count)."""
    root = _root(body)
    message_id = _text(root, "p:CstmrCdtTrfInitn/p:GrpHdr/p:MsgId")
    schema = _schema()
    if not schema.validate(root):
        raise Unreadable("FF01", _first_error(schema), message_id[:35])
    parts = [(part, _transfers(part)) for part in root.iterfind("p:CstmrCdtTrfInitn/p:PmtInf", _NS)]
    transfers = tuple(transfer for _, found in parts for transfer in found)
    _check_totals(root.find("p:CstmrCdtTrfInitn/p:GrpHdr", _NS), transfers, message_id)
    for part, found in parts:
        _check_totals(part, found, message_id)
    total_tiyn = sum(transfer.amount_tiyn for transfer in transfers)
    return Initiation(message_id, len(transfers), total_tiyn, transfers)


def _root(body: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("FF01", "not an XML document") from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise Unreadable("FF01", "a document type declaration is not allowed")
    if root.tag != f"{{{NAMESPACE}}}Document":
        raise Unreadable("FF01", f"the root must be Document of {NAMESPACE}")
    return root


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(_SCHEMA)))


def _first_error(schema: Any) -> str:
    error = schema.error_log[0]
    return f"line {error.line}: {error.message}".replace(f"{{{NAMESPACE}}}", "")[:500]


def _transfers(part: Any) -> tuple[Transfer, ...]:
    payment_id, debtor = _text(part, "p:PmtInfId"), _text(part, "p:DbtrAcct/p:Id/p:IBAN")
    return tuple(_transfer(item, payment_id, debtor) for item in part.iterfind("p:CdtTrfTxInf", _NS))


def _transfer(item: Any, payment_id: str, debtor_iban: str) -> Transfer:
    amount = item.find("p:Amt/p:InstdAmt", _NS)
    creditor_iban = _text(item, "p:CdtrAcct/p:Id/p:IBAN")
    amount_tiyn, fault = _amount(amount)
    if not fault and not is_kz_iban(creditor_iban):
        fault = "AC03"
    return Transfer(
        payment_id=payment_id,
        instruction_id=_text(item, "p:PmtId/p:InstrId"),
        end_to_end_id=_text(item, "p:PmtId/p:EndToEndId"),
        amount_tiyn=amount_tiyn,
        debtor_iban=debtor_iban,
        creditor_iban=creditor_iban,
        creditor_name=_text(item, "p:Cdtr/p:Nm"),
        purpose=_text(item, "p:Purp/p:Prtry") or _text(item, "p:Purp/p:Cd"),
        text=" ".join(line.text or "" for line in item.iterfind("p:RmtInf/p:Ustrd", _NS)),
        fault=fault,
    )


def _amount(amount: Any) -> tuple[int, str]:
    try:
        amount_tiyn = tiyn_of((amount.text or "").strip())
    except WrongAmount:
        return 0, "AM12"
    if amount.get("Ccy") != "KZT":
        return amount_tiyn, "AM03"
    return amount_tiyn, "" if amount_tiyn > 0 else "AM12"


def _check_totals(part: Any, transfers: tuple[Transfer, ...], message_id: str) -> None:
    count, total = _text(part, "p:NbOfTxs"), _text(part, "p:CtrlSum")
    if count and int(count) != len(transfers):
        raise Unreadable("AM18", f"NbOfTxs is {count}, found {len(transfers)}", message_id)
    if not total:
        return
    try:
        matches = tiyn_of(total) == sum(transfer.amount_tiyn for transfer in transfers)
    except WrongAmount:
        matches = False
    if not matches:
        raise Unreadable("AM10", f"CtrlSum {total} is not the sum of the amounts", message_id)


def _text(node: Any, path: str) -> str:
    found = node.findtext(path, default="", namespaces=_NS)
    return str(found).strip()
