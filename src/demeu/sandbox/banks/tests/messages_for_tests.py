"""pain.001 messages for tests, written as text so that the reader is not tested with its own words."""

from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

FUND = "KZ86125KZT5004100100"
SUPPLIER = "KZ62999SUPPLIER00001"


@dataclass(frozen=True)
class Order:
    """One transfer to write into a message."""

    amount: str = "7500.00"
    creditor: str = SUPPLIER
    end_to_end: str = "E1"
    currency: str = "KZT"
    name: str = "ЖШС Қолдау"


def pain001(
    *orders: Order, message_id: str = "M1", total: str | None = None, count: str | None = None, debtor: str = FUND
) -> bytes:
    """A whole message; ``total`` and ``count`` override the true control figures."""
    orders = orders or (Order(),)
    tiyn = sum(int(Decimal(order.amount) * 100) for order in orders)
    total = total or f"{tiyn // 100}.{tiyn % 100:02d}"
    count = count or str(len(orders))
    transfers = "".join(_transfer(order) for order in orders)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>{escape(message_id)}</MsgId><CreDtTm>2026-11-22T10:00:00Z</CreDtTm><NbOfTxs>{count}</NbOfTxs>
<CtrlSum>{total}</CtrlSum><InitgPty><Nm>Demeu</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>2026-11-22</Dt></ReqdExctnDt>
<Dbtr><Nm>Demeu</Nm></Dbtr><DbtrAcct><Id><IBAN>{debtor}</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>DEMUKZK0</BICFI></FinInstnId></DbtrAgt>{transfers}</PmtInf>
</CstmrCdtTrfInitn></Document>""".encode()


def _transfer(order: Order) -> str:
    return f"""<CdtTrfTxInf>
<PmtId><InstrId>I-{order.end_to_end}</InstrId><EndToEndId>{order.end_to_end}</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="{order.currency}">{order.amount}</InstdAmt></Amt>
<CdtrAgt><FinInstnId><BICFI>DEMUKZK0</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>{escape(order.name)}</Nm></Cdtr>
<CdtrAcct><Id><IBAN>{order.creditor}</IBAN></Id></CdtrAcct><Purp><Prtry>119</Prtry></Purp>
<RmtInf><Ustrd>Invoice 12</Ustrd></RmtInf></CdtTrfTxInf>"""
