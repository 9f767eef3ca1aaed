"""Writing pain.002.001.10 (customer payment status report): the bank's answer to pain.001.

Never contains money that moved otherwise than stated: ACSC is written only for executed transfers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from demeu.sandbox.banks.rules.iso_xml import document, moment, under, under_if, xml_bytes
from demeu.sandbox.banks.rules.tenge import tenge_text

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
ORIGINAL = "pain.001.001.09"
EXECUTED, REJECTED, PARTLY = "ACSC", "RJCT", "PART"


@dataclass(frozen=True)
class TransferStatus:
    """What became of one transfer; ``reason`` is an ISO code when rejected."""

    payment_id: str
    instruction_id: str
    end_to_end_id: str
    reference: str = ""
    reason: str = ""

    @property
    def status(self) -> str:
        """ACSC or RJCT."""
        return REJECTED if self.reason else EXECUTED


@dataclass(frozen=True)
class Report:
    """What became of a message."""

    report_id: str
    written_at: datetime
    message_id: str
    count: int = 0
    sum_tiyn: int = 0
    reason: str = ""
    explanation: str = ""
    transfers: Sequence[TransferStatus] = ()


def group_status(report: Report) -> str:
    """ACSC when all were executed, RJCT when none, else PART."""
    statuses = {transfer.status for transfer in report.transfers}
    if report.reason or statuses == {REJECTED}:
        return REJECTED
    return EXECUTED if statuses == {EXECUTED} else PARTLY


def write_pain002(report: Report) -> bytes:
    """The XML answer."""
    root = document(NAMESPACE)
    body = under(root, "CstmrPmtStsRpt")
    header = under(body, "GrpHdr")
    under(header, "MsgId", report.report_id)
    under(header, "CreDtTm", moment(report.written_at))
    group = under(body, "OrgnlGrpInfAndSts")
    under(group, "OrgnlMsgId", report.message_id or "NOTPROVIDED")
    under(group, "OrgnlMsgNmId", ORIGINAL)
    if report.count:
        under(group, "OrgnlNbOfTxs", str(report.count))
        under(group, "OrgnlCtrlSum", tenge_text(report.sum_tiyn))
    under(group, "GrpSts", group_status(report))
    _reason(group, report.reason, report.explanation)
    for payment_id in dict.fromkeys(transfer.payment_id for transfer in report.transfers):
        part = under(body, "OrgnlPmtInfAndSts")
        under(part, "OrgnlPmtInfId", payment_id)
        for transfer in report.transfers:
            if transfer.payment_id == payment_id:
                _transfer(part, transfer)
    return xml_bytes(root)


def _transfer(part: object, transfer: TransferStatus) -> None:
    item = under(part, "TxInfAndSts")
    under_if(item, "OrgnlInstrId", transfer.instruction_id)
    under(item, "OrgnlEndToEndId", transfer.end_to_end_id)
    under(item, "TxSts", transfer.status)
    _reason(item, transfer.reason, "")
    under_if(item, "AcctSvcrRef", transfer.reference)


def _reason(node: object, code: str, explanation: str) -> None:
    if not code:
        return
    info = under(node, "StsRsnInf")
    under(info, "Rsn/Cd", code)
    for start in range(0, min(len(explanation), 525), 105):
        under(info, "AddtlInf", explanation[start : start + 105])
