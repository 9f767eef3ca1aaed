"""Writing camt.053.001.08 (statement) and camt.054.001.08 (notification, ISO 20022).

Never sorts or sums by itself beyond the closing balance: it writes the movements it is given, in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from demeu.sandbox.banks.rules.iso_xml import CURRENCY, amount_under, document, moment, under, under_if, xml_bytes

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
NOTIFIED = "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"
CREDIT, DEBIT = "CRDT", "DBIT"


@dataclass(frozen=True)
class Entry:
    """One booked movement of an account; ``amount_tiyn`` > 0 with its direction, gross = net + fee."""

    number: int
    amount_tiyn: int
    direction: str
    booked_at: datetime
    reference: str
    code: str
    fee_tiyn: int = 0
    message_id: str = ""
    instruction_id: str = ""
    end_to_end_id: str = ""
    other_name: str = ""
    other_iban: str = ""
    text: str = ""
    return_reason: str = ""

    @property
    def signed_tiyn(self) -> int:
        """Positive for money that came."""
        return self.amount_tiyn if self.direction == CREDIT else -self.amount_tiyn


@dataclass(frozen=True)
class Statement:
    """A slice of an account's movements, with the balance before it."""

    statement_id: str
    written_at: datetime
    iban: str
    holder: str
    bank_code: str
    opening_tiyn: int
    cursor: int
    entries: Sequence[Entry] = ()


def write_camt053(statement: Statement) -> bytes:
    """The XML statement."""
    root = document(NAMESPACE)
    part, account = _head(root, "BkToCstmrStmt", "Stmt", statement)
    under_if(account, "Ownr/Nm", statement.holder[:140])
    under(account, "Svcr/FinInstnId/BICFI", statement.bank_code)
    closing_tiyn = statement.opening_tiyn + sum(entry.signed_tiyn for entry in statement.entries)
    _balance(part, "OPBD", statement.opening_tiyn, statement.written_at)
    _balance(part, "CLBD", closing_tiyn, statement.written_at)
    for entry in statement.entries:
        _entry(part, entry, statement)
    under(part, "AddtlStmtInf", f"cursor={statement.cursor}")
    return xml_bytes(root)


def write_camt054(statement: Statement) -> bytes:
    """The same movements as a debit and credit notification: no balance, each entry by itself."""
    root = document(NOTIFIED)
    part, _account = _head(root, "BkToCstmrDbtCdtNtfctn", "Ntfctn", statement)
    for entry in statement.entries:
        _entry(part, entry, statement)
    return xml_bytes(root)


def _head(root: Any, message: str, kind: str, statement: Statement) -> tuple[Any, Any]:
    """What both messages begin with: the part that takes the entries, and its account."""
    body = under(root, message)
    header = under(body, "GrpHdr")
    under(header, "MsgId", statement.statement_id)
    under(header, "CreDtTm", moment(statement.written_at))
    part = under(body, kind)
    under(part, "Id", statement.statement_id)
    if kind == "Stmt":
        under(part, "ElctrncSeqNb", str(statement.cursor))
    under(part, "CreDtTm", moment(statement.written_at))
    account = under(part, "Acct")
    under(account, "Id/IBAN", statement.iban)
    under(account, "Ccy", CURRENCY)
    return part, account


def _balance(part: object, code: str, balance_tiyn: int, at: datetime) -> None:
    node = under(part, "Bal")
    under(node, "Tp/CdOrPrtry/Cd", code)
    amount_under(node, "Amt", abs(balance_tiyn))
    under(node, "CdtDbtInd", CREDIT if balance_tiyn >= 0 else DEBIT)
    under(node, "Dt/DtTm", moment(at))


def _entry(part: object, entry: Entry, statement: Statement) -> None:
    node = under(part, "Ntry")
    under(node, "NtryRef", str(entry.number))
    amount_under(node, "Amt", entry.amount_tiyn)
    under(node, "CdtDbtInd", entry.direction)
    under(node, "Sts/Cd", "BOOK")
    under(node, "BookgDt/DtTm", moment(entry.booked_at))
    under(node, "ValDt/Dt", entry.booked_at.astimezone(UTC).date().isoformat())
    under(node, "AcctSvcrRef", entry.reference)
    under(node, "BkTxCd/Prtry/Cd", entry.code)
    if entry.fee_tiyn:
        charges = under(node, "Chrgs")
        amount_under(charges, "TtlChrgsAndTaxAmt", entry.fee_tiyn)
        record = under(charges, "Rcrd")
        amount_under(record, "Amt", entry.fee_tiyn)
        under(record, "CdtDbtInd", DEBIT)
    _details(under(node, "NtryDtls/TxDtls"), entry, statement)


def _details(node: object, entry: Entry, statement: Statement) -> None:
    references = under(node, "Refs")
    under_if(references, "MsgId", entry.message_id)
    under(references, "AcctSvcrRef", entry.reference)
    under_if(references, "InstrId", entry.instruction_id)
    under_if(references, "EndToEndId", entry.end_to_end_id)
    amount_under(node, "Amt", entry.amount_tiyn)
    under(node, "CdtDbtInd", entry.direction)
    amount_under(node, "AmtDtls/InstdAmt/Amt", entry.amount_tiyn + entry.fee_tiyn)
    _parties(node, entry, statement)
    under_if(node, "RmtInf/Ustrd", entry.text[:140])
    under_if(node, "RtrInf/Rsn/Cd", entry.return_reason)


def _parties(node: object, entry: Entry, statement: Statement) -> None:
    own, other = (statement.holder, statement.iban), (entry.other_name, entry.other_iban)
    debtor, creditor = (other, own) if entry.direction == CREDIT else (own, other)
    parties = under(node, "RltdPties")
    under_if(parties, "Dbtr/Pty/Nm", debtor[0][:140])
    under_if(parties, "DbtrAcct/Id/IBAN", debtor[1])
    under_if(parties, "Cdtr/Pty/Nm", creditor[0][:140])
    under_if(parties, "CdtrAcct/Id/IBAN", creditor[1])
