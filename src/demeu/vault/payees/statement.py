"""Reading camt.053.001.08 and camt.054.001.08 strictly: what reconciliation needs, and no names. Pure."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from demeu.contracts.vault import StatementLine, StatementLines
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import Refusal, invalid
from demeu.vault.payees.iso_xml import Element, document, path_in
from demeu.vault.payees.references import named_reference

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
NOTIFIED = "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"
CREDIT, DEBIT = "CRDT", "DBIT"
BOOKED = "BOOK"
CLOSING = "CLBD"
TIYN_MAX = 10**16


def lines_of(xml: str, *, own_iban: str) -> StatementLines:
    """Booked entries of the one statement (camt.053) or notification (camt.054, which has no balance) in the document.

    Refuses `statement.unreadable`, naming the place.
    """
    told = is_notification(xml)
    root = document(xml, NOTIFIED if told else NAMESPACE, _unreadable("Document"))
    place = "BkToCstmrDbtCdtNtfctn/Ntfctn" if told else "BkToCstmrStmt/Stmt"
    statements = root.findall(path_in(_namespace(root), place))
    if len(statements) != 1:
        raise _unreadable(place)
    statement = statements[0]
    entries = statement.findall(path_in(_namespace(root), "Ntry"))
    booked = [entry for entry in entries if _text(entry, "Sts/Cd") == BOOKED]
    return StatementLines(
        lines=tuple(_line(entry) for entry in booked),
        account_ok=_text(statement, "Acct/Id/IBAN") == own_iban,
        closing_balance_tiyn=None if told else _closing_balance(statement),
    )


def is_notification(xml: str) -> bool:
    """Whether a text calls itself a camt.054; the strict reading decides whether it is one."""
    return NOTIFIED in xml[:2_000]


def _namespace(element: Element) -> str:
    return etree.QName(element).namespace or ""


def _line(entry: Element) -> StatementLine:
    text = _text(entry, "NtryDtls/TxDtls/RmtInf/Ustrd")
    return StatementLine(
        entry_ref=_required(entry, "AcctSvcrRef"),
        amount_tiyn=_signed_amount(entry),
        currency=_currency(entry),
        booked_at=_booked_at(entry),
        end_to_end_id=_text(entry, "NtryDtls/TxDtls/Refs/EndToEndId"),
        reference=named_reference(text, incoming=_required(entry, "CdtDbtInd") == CREDIT),
        fee_tiyn=_fee(entry),
        code=_text(entry, "BkTxCd/Prtry/Cd"),
        reason=_text(entry, "NtryDtls/TxDtls/RtrInf/Rsn/Cd"),
    )


def _closing_balance(statement: Element) -> int:
    for balance in statement.findall(path_in(NAMESPACE, "Bal")):
        if _text(balance, "Tp/CdOrPrtry/Cd") == CLOSING:
            return _signed_amount(balance)
    raise _unreadable("Bal")


def _signed_amount(element: Element) -> int:
    amount, sign = _tiyn(_required(element, "Amt")), _required(element, "CdtDbtInd")
    if sign not in (CREDIT, DEBIT):
        raise _unreadable("CdtDbtInd")
    return amount if sign == CREDIT else -amount


def _fee(entry: Element) -> int:
    text = _text(entry, "Chrgs/TtlChrgsAndTaxAmt")
    return _tiyn(text) if text else 0


def _currency(entry: Element) -> str:
    amount = entry.find(path_in(_namespace(entry), "Amt"))
    return amount.get("Ccy", "") if amount is not None else ""


def _booked_at(entry: Element) -> datetime:
    """BookgDt as a moment; a bare day is its midnight in Kazakhstan."""
    text = _text(entry, "BookgDt/DtTm") or _required(entry, "BookgDt/Dt")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unreadable("BookgDt") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)).astimezone(UTC)


def _tiyn(text: str) -> int:
    try:
        amount = Decimal(text) * 100
    except InvalidOperation:
        raise _unreadable("Amt") from None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= TIYN_MAX:
        raise _unreadable("Amt")
    return int(amount)


def _text(element: Element, path: str) -> str:
    return (element.findtext(path_in(_namespace(element), path)) or "").strip()


def _required(element: Element, path: str) -> str:
    found = _text(element, path)
    if not found:
        raise _unreadable(path)
    return found


def _unreadable(place: str) -> Refusal:
    return invalid("statement.unreadable", place=place)
