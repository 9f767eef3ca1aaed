"""Handing a payout over to Freedom Pay (`to_iban`) instead of the bank: the same port, the same filled document.

The payee's name and account stand in the document that vault filled; they pass through and are kept nowhere. What
Freedom says moves no money in the books: only a statement of the fund's account does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.treasury.gateways.freedom.client import FreedomClient
from demeu.treasury.gateways.freedom.gateway import freedom_gateway
from demeu.treasury.payouts.answer import AnswerError
from demeu.treasury.payouts.instruction import NAMESPACE

ANSWER = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
# The words of `pg_payment_status` as codes of pain.002. A word that is not here moves nothing: people must look.
STATES: Mapping[str, str] = {
    "success": "ACSC",
    "new": "RCVD",
    "pending": "PDNG",
    "process": "PDNG",
    "waiting": "PDNG",
    "error": "RJCT",
    "failed": "RJCT",
    "rejected": "RJCT",
    "revoked": "CANC",
}
UNDECIDED = "process"
REASON_MAX = 20


@dataclass(frozen=True)
class FreedomPayouts:
    """One merchant of Freedom Pay that pays out to an IBAN."""

    client: FreedomClient
    profile: str = "FREEDOM"

    def pay(self, xml: str) -> bytes:
        """Hand over a filled pain.001 as `to_iban`; the answer as a pain.002.

        A refusal is believed only when Freedom, asked again, does not know the order.
        """
        fields = recipient_fields(xml)
        try:
            told = self.client.to_iban(fields)
        except Refusal as refusal:
            if refusal.code != "gateway.refused":
                raise
            known = self.answer_about(fields["pg_order_id"])
            return known or _report(fields["pg_order_id"], "RJCT", str(refusal.facts.get("status", "")))
        return _answer(fields["pg_order_id"], told)

    def answer_about(self, message_id: str) -> bytes | None:
        """What Freedom says of an order; None when it has never seen it."""
        told = self.client.status_of(message_id)
        return _answer(message_id, told) if told.get("pg_status") == "ok" else None


def recipient_fields(xml: str) -> dict[str, str]:
    """The fields of `to_iban` from a filled pain.001 whose purpose holds КНП and КБе. Raises `AnswerError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    transaction = etree.fromstring(xml.encode(), parser).find(f".//{{{NAMESPACE}}}CdtTrfTxInf")
    if transaction is None:
        raise AnswerError("the instruction has no payment")
    knp, _, kbe = _text(transaction, "Purp/Prtry").partition(" ")
    return {
        "pg_order_id": _text(transaction, "PmtId/EndToEndId"),
        "pg_amount": _text(transaction, "Amt/InstdAmt"),
        "pg_currency": "KZT",
        "pg_description": _text(transaction, "RmtInf/Ustrd"),
        "pg_recipient_name": _text(transaction, "Cdtr/Nm"),
        "pg_recipient_iban": _text(transaction, "CdtrAcct/Id/IBAN"),
        "pg_recipient_kbe": kbe,
        "pg_knp": knp,
    }


@lru_cache(maxsize=1)
def freedom_payouts() -> FreedomPayouts:
    """The merchant by this service's settings, the same one that takes gifts."""
    return FreedomPayouts(freedom_gateway().client)


def _text(transaction: etree._Element, path: str) -> str:
    found = transaction.findtext("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))
    if not found:
        raise AnswerError(f"the instruction has no {path}")
    return found


def _answer(order: str, told: Mapping[str, str]) -> bytes:
    word = told.get("pg_payment_status") or UNDECIDED
    return _report(order, STATES.get(word, word[:REASON_MAX]), told.get("pg_failure_code", ""))


def _report(order: str, state: str, reason: str) -> bytes:
    """A pain.002 about one payment, so that one reader serves both ways."""
    root = etree.Element(f"{{{ANSWER}}}Document")
    part = _put(root, "CstmrPmtStsRpt", "OrgnlPmtInfAndSts", "TxInfAndSts")
    _put(part, "OrgnlEndToEndId").text = order
    _put(part, "TxSts").text = state
    if reason:
        _put(part, "StsRsnInf", "Rsn", "Prtry").text = reason[:REASON_MAX]
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _put(parent: etree._Element, *names: str) -> etree._Element:
    for name in names:
        parent = etree.SubElement(parent, f"{{{ANSWER}}}{name}")
    return parent
