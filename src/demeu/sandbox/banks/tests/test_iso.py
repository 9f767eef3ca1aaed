"""Reading pain.001 strictly; writing pain.002 and camt.053 in the standard's order."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from demeu.sandbox.banks.rules.camt053 import Entry, Statement, write_camt053
from demeu.sandbox.banks.rules.pain001 import Unreadable, read_pain001
from demeu.sandbox.banks.rules.pain002 import Report, TransferStatus, write_pain002
from demeu.sandbox.banks.rules.tenge import tiyn_of
from demeu.sandbox.banks.tests.messages_for_tests import FUND, SUPPLIER, Order, pain001

AT = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
CAMT = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"}
PAIN = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"}


def code_of(body: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_pain001(body)
    return caught.value.code


def test_a_right_message_is_read_whole() -> None:
    read = read_pain001(pain001(Order(amount="7500.5"), Order(amount="0.01", end_to_end="E2"), total="7500.51"))
    assert (read.message_id, read.count, read.sum_tiyn) == ("M1", 2, 750051)
    first = read.transfers[0]
    assert (first.amount_tiyn, first.debtor_iban, first.creditor_iban) == (750050, FUND, SUPPLIER)
    assert (first.end_to_end_id, first.instruction_id, first.purpose, first.text) == ("E1", "I-E1", "119", "Invoice 12")
    assert (first.creditor_name, first.fault) == ("ЖШС Қолдау", "")


@given(st.lists(st.integers(min_value=1, max_value=10**11), min_size=1, max_size=5))
def test_sums_are_exact_for_any_amounts(amounts: list[int]) -> None:
    orders = [Order(amount=f"{tiyn // 100}.{tiyn % 100:02d}", end_to_end=f"E{n}") for n, tiyn in enumerate(amounts)]
    assert read_pain001(pain001(*orders)).sum_tiyn == sum(amounts)


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        (b"<PmtMtd>TRF</PmtMtd>", b"<PmtMtd>CHK</PmtMtd>"),
        (b"<PmtMtd>TRF</PmtMtd>", b"<Extra/><PmtMtd>TRF</PmtMtd>"),
        (b"<MsgId>M1</MsgId>", b"<MsgId>" + b"M" * 36 + b"</MsgId>"),
        (b"<MsgId>M1</MsgId>", b""),
        (b"<CtrlSum>7500.00</CtrlSum>", b""),
        (b"pain.001.001.09", b"pain.001.001.03"),
        (b"<Cdtr>", b"<Cdtr2>"),
        (b"2026-11-22T10:00:00Z", b"yesterday"),
        (b"<EndToEndId>E1</EndToEndId>", b""),
        (b'Ccy="KZT"', b""),
        (b"<?xml version", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><?xml version"),
        (b"<Document ", b"<!DOCTYPE Document [<!ENTITY e 'x'>]><Document "),
    ],
)
def test_a_broken_structure_is_refused(found: bytes, instead: bytes) -> None:
    good = pain001()
    assert found in good
    assert code_of(good.replace(found, instead)) == "FF01"


@pytest.mark.parametrize("body", [b"", b"hello", b"<a/>", b"\xff\xfe\x00", b"{}", pain001()[:-20]])
def test_what_is_not_a_message_is_refused(body: bytes) -> None:
    assert code_of(body) == "FF01"


def test_control_figures_must_be_true() -> None:
    assert code_of(pain001(total="7500.01")) == "AM10"
    assert code_of(pain001(count="2")) == "AM18"


@pytest.mark.parametrize(
    ("order", "fault"),
    [
        (Order(creditor="KZ61999SUPPLIER00001"), "AC03"),
        (Order(creditor="DE89370400440532013000"), "AC03"),
        (Order(currency="USD"), "AM03"),
        (Order(amount="0.00"), "AM12"),
    ],
)
def test_a_transfer_that_cannot_be_executed_carries_its_reason(order: Order, fault: str) -> None:
    assert read_pain001(pain001(order)).transfers[0].fault == fault


def test_three_digits_after_the_point_are_no_amount_in_tenge() -> None:
    assert code_of(pain001(Order(amount="1.001"), total="1.00")) == "AM10"
    assert read_pain001(pain001(Order(amount="1.001"), total="0.00")).transfers[0].fault == "AM12"


def test_the_report_says_what_was_executed_and_what_was_not() -> None:
    done = TransferStatus("P1", "I1", "E1", reference="R1")
    refused = TransferStatus("P1", "", "E2", reason="AC03")
    root = etree.fromstring(write_pain002(Report("A1", AT, "M1", 2, 750051, transfers=[done, refused])))
    assert root.findtext(".//p:GrpSts", namespaces=PAIN) == "PART"
    assert [node.text for node in root.iterfind(".//p:TxSts", PAIN)] == ["ACSC", "RJCT"]
    assert root.findtext(".//p:TxInfAndSts/p:StsRsnInf/p:Rsn/p:Cd", namespaces=PAIN) == "AC03"
    assert root.findtext(".//p:OrgnlCtrlSum", namespaces=PAIN) == "7500.51"


def test_a_refused_message_has_a_reason_and_no_transfers() -> None:
    root = etree.fromstring(write_pain002(Report("A1", AT, "", reason="FF01", explanation="x" * 300)))
    assert root.findtext(".//p:OrgnlMsgId", namespaces=PAIN) == "NOTPROVIDED"
    assert root.findtext(".//p:GrpSts", namespaces=PAIN) == "RJCT"
    assert max(len(node.text or "") for node in root.iterfind(".//p:AddtlInf", PAIN)) <= 105


def statement_of(*entries: Entry) -> etree._Element:
    whole = Statement("S1", AT, FUND, "Demeu", "DEMUKZK0", 1000, len(entries), entries)
    return etree.fromstring(write_camt053(whole))


def test_a_statement_carries_settlement_fee_and_closing_balance() -> None:
    entry = Entry(1, 742500, "CRDT", AT, "R1", "SETTLEMENT", fee_tiyn=7500, text="EPAY/1000001/263260000001")
    root = statement_of(entry)
    assert root.findtext(".//c:Ntry/c:Amt", namespaces=CAMT) == "7425.00"
    assert root.findtext(".//c:Chrgs/c:TtlChrgsAndTaxAmt", namespaces=CAMT) == "75.00"
    assert root.findtext(".//c:AmtDtls/c:InstdAmt/c:Amt", namespaces=CAMT) == "7500.00"
    assert root.findtext(".//c:RmtInf/c:Ustrd", namespaces=CAMT) == "EPAY/1000001/263260000001"
    closing = [node.findtext("c:Amt", namespaces=CAMT) for node in root.iterfind(".//c:Bal", CAMT)]
    assert closing == ["10.00", "7435.00"]


def test_entries_follow_the_order_of_the_standard() -> None:
    root = statement_of(Entry(2, 100, "DBIT", AT, "R2", "PAYMENT", end_to_end_id="E1", other_name="X"))
    entry = root.find(".//c:Ntry", CAMT)
    assert entry is not None
    names = [etree.QName(child).localname for child in entry]
    expected = ["NtryRef", "Amt", "CdtDbtInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd", "NtryDtls"]
    assert names == expected
    assert root.findtext(".//c:Refs/c:EndToEndId", namespaces=CAMT) == "E1"


@given(st.lists(st.tuples(st.integers(1, 10**12), st.sampled_from(["CRDT", "DBIT"])), max_size=6), st.text(max_size=50))
def test_the_closing_balance_is_the_opening_one_and_all_entries(lines: list[tuple[int, str]], text: str) -> None:
    entries = [Entry(n + 1, tiyn, way, AT, "R", "TRANSFER", text=text) for n, (tiyn, way) in enumerate(lines)]
    balances = statement_of(*entries).findall(".//c:Bal", CAMT)
    signed = []
    for node in balances:
        amount = tiyn_of(node.findtext("c:Amt", default="", namespaces=CAMT))
        signed.append(amount if node.findtext("c:CdtDbtInd", namespaces=CAMT) == "CRDT" else -amount)
    assert signed[1] == signed[0] + sum(tiyn if way == "CRDT" else -tiyn for tiyn, way in lines)
