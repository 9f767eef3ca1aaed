"""Reading the bank's answer pain.002 (ISO 20022) about one payment. Pure; refuses documents with a DTD."""

from dataclasses import dataclass

from lxml import etree

# ISO 20022, ExternalPaymentTransactionStatus1Code. Taken: the bank carries it out or has; the statement says when it is
# paid. Pending: the bank has it and has not decided. A code that is on neither list moves nothing: people must look.
TAKEN = frozenset({"ACCP", "ACSP", "ACWC", "ACSC", "ACCC", "ACFC"})
PENDING = frozenset({"RCVD", "PDNG", "ACTC", "PATC"})
REFUSED = frozenset({"RJCT", "CANC"})


class AnswerError(ValueError):
    """The bank's answer cannot be read."""


@dataclass(frozen=True)
class BankAnswer:
    """Whether the bank took the payment, or has not decided yet, and its reason code if it refused."""

    accepted: bool
    reason: str
    pending: bool = False


def read_answer(xml: bytes, end_to_end_id: str) -> BankAnswer:
    """The state of our payment: of its transaction when listed, else of the whole message. Raises `AnswerError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise AnswerError("the bank's answer is not XML") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise AnswerError("the bank's answer has a document type")
    for part in root.iterfind(".//{*}TxInfAndSts"):
        if part.findtext("{*}OrgnlEndToEndId") == end_to_end_id:
            return _answer(part.findtext("{*}TxSts"), part)
    group = root.find(".//{*}OrgnlGrpInfAndSts")
    if group is None:
        raise AnswerError("the bank's answer says nothing of our message")
    return _answer(group.findtext("{*}GrpSts"), group)


def _answer(status: str | None, part: etree._Element) -> BankAnswer:
    if status not in TAKEN | PENDING | REFUSED:
        raise AnswerError("the bank's answer has no state that is known")
    reason = part.findtext("{*}StsRsnInf/{*}Rsn/{*}Cd") or part.findtext("{*}StsRsnInf/{*}Rsn/{*}Prtry") or ""
    return BankAnswer(status in TAKEN, reason, status in PENDING)
