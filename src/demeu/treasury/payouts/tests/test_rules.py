"""Promises about payouts, without a database."""

from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.treasury.ledger.rules import Account, Lot, LotBalance, check_legs, mirrored
from demeu.treasury.payouts.answer import AnswerError, read_answer
from demeu.treasury.payouts.instruction import Debtor, Instruction, write_instruction
from demeu.treasury.payouts.profiles import profile_of
from demeu.treasury.payouts.rules import (
    NEXT,
    ItemMeans,
    PayoutState,
    check_items,
    check_may_say_no,
    check_people,
    check_screening,
    check_step,
    normal_invoice,
    reserve_legs,
    settle_legs,
    take_from,
)

A, B, C = (UUID(int=number) for number in (1, 2, 3))
CASE, ITEM, PAYOUT = UUID(int=10), UUID(int=11), UUID(int=12)
SCHEMAS = Path(__file__).parents[3] / "sandbox" / "banks" / "schemas"


def held(*amounts: int) -> list[LotBalance]:
    return [LotBalance(Account.HELD, Lot(UUID(int=at), CASE, ITEM), amount) for at, amount in enumerate(amounts, 20)]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12), st.data())
def test_a_payout_takes_exactly_its_sum_and_no_lot_twice(amounts: list[int], data: st.DataObject) -> None:
    asked = data.draw(st.integers(1, sum(amounts)))
    taken = take_from(held(*amounts), asked)
    assert sum(part for _, part in taken) == asked
    assert len({lot for lot, _ in taken}) == len(taken)
    legs = reserve_legs(PAYOUT, taken)
    check_legs(legs)
    reserved = [LotBalance(Account.RESERVED, Lot(lot.gift, lot.case, lot.item, PAYOUT), part) for lot, part in taken]
    paid = settle_legs(PAYOUT, reserved, Account.BANK)
    check_legs(paid)
    assert sum(leg.amount_tiyn for leg in paid if leg.account is Account.BANK) == -asked
    assert sum(leg.amount_tiyn for leg in [*paid, *mirrored(paid)] if leg.account is Account.PAID) == 0


def test_more_than_is_held_cannot_be_paid() -> None:
    with pytest.raises(Refusal, match=r"payout\.above_held"):
        take_from(held(100, 200), 301)


@pytest.mark.parametrize(
    ("preparer", "curator", "approver"), [(A, A, B), (A, B, A), (B, A, A), (A, A, A), (A, A, None)]
)
def test_no_person_has_two_parts_in_a_payout(preparer: UUID, curator: UUID, approver: UUID | None) -> None:
    with pytest.raises(Refusal, match=r"payout\.same_person"):
        check_people(preparer=preparer, curator=curator, approver=approver, payout="p")


def test_three_people_may() -> None:
    for preparer, curator, approver in permutations((A, B, C)):
        check_people(preparer=preparer, curator=curator, approver=approver, payout="p")


@pytest.mark.parametrize("before", list(PayoutState))
@pytest.mark.parametrize("after", list(PayoutState))
def test_a_payout_moves_only_as_the_table_says(before: PayoutState, after: PayoutState) -> None:
    if after in NEXT[before]:
        check_step(before, after, payout="p")
        return
    with pytest.raises(Refusal, match=r"payout\.wrong_state"):
        check_step(before, after, payout="p")


def test_nobody_says_no_after_the_approval() -> None:
    check_may_say_no(PayoutState.PREPARED, payout="p")
    with pytest.raises(Refusal, match=r"payout\.wrong_state"):
        check_may_say_no(PayoutState.SENT, payout="p")


@pytest.mark.parametrize(
    ("means", "code"),
    [
        ([], "payout.items_unknown"),
        ([ItemMeans(ITEM, UUID(int=99), A, True, False)], "payout.items_unknown"),
        ([ItemMeans(ITEM, CASE, A, False, False)], "payout.item_not_funded"),
        ([ItemMeans(ITEM, CASE, A, True, True)], "payout.item_not_held"),
    ],
)
def test_only_items_whose_money_is_in_the_bank_are_paid(means: list[ItemMeans], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_items(CASE, [ITEM], means)
    assert refused.value.code == code


def test_a_listed_payee_is_blocked_and_a_small_finding_is_a_warning() -> None:
    assert check_screening(("shared_account",)) == ("shared_account",)
    with pytest.raises(Refusal, match=r"payout\.payee_blocked"):
        check_screening(("shared_account", "sanctions.name"))


def test_one_invoice_is_one_invoice_however_it_is_typed() -> None:
    assert normal_invoice(" Inv- 12/A") == normal_invoice("INV-12/a")


def instruction() -> bytes:
    text = write_instruction(
        Instruction(
            payout=PAYOUT,
            payee=B,
            amount_tiyn=750_050,
            invoice_number="№ 12 <A&B>",
            made_at=datetime(2026, 11, 22, 10, tzinfo=UTC),
            day=date(2026, 11, 22),
        ),
        Debtor("Demeu", "KZ86125KZT5004100100", "DEMUKZK0", "119"),
    )
    return text.encode()


def test_the_instruction_names_the_payee_by_reference_only_and_its_ids_are_short() -> None:
    root = etree.fromstring(instruction())
    assert root.findtext(".//{*}Cdtr/{*}Nm") == str(B)
    assert root.findtext(".//{*}CdtrAcct/{*}Id/{*}Othr/{*}Id") == B.hex
    for name in ("MsgId", "PmtInfId", "InstrId", "EndToEndId"):
        found = root.findtext(f".//{{*}}{name}")
        assert found == PAYOUT.hex and len(found) <= 35
    assert root.findtext(".//{*}InstdAmt") == root.findtext(".//{*}GrpHdr/{*}CtrlSum") == "7500.50"


def test_the_filled_instruction_is_valid_by_the_banks_schema() -> None:
    root = etree.fromstring(instruction())
    account = root.find(".//{*}CdtrAcct/{*}Id")
    assert account is not None
    namespace = etree.QName(root).namespace
    account.remove(account[0])
    etree.SubElement(account, f"{{{namespace}}}IBAN").text = "KZ62999SUPPLIER00001"
    etree.XMLSchema(etree.parse(SCHEMAS / "pain.001.001.09.xsd")).assertValid(root)


def pain002(group: str, transaction: str = "", reason: str = "", end_to_end: str = "E1") -> bytes:
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    inner = f"<OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId><TxSts>{transaction}</TxSts>{why}"
    listed = f"<OrgnlPmtInfAndSts><TxInfAndSts>{inner}</TxInfAndSts></OrgnlPmtInfAndSts>" if transaction else ""
    head = f"<OrgnlGrpInfAndSts><GrpSts>{group}</GrpSts>{'' if transaction else why}</OrgnlGrpInfAndSts>"
    return f'<Document xmlns="urn:x"><R>{head}{listed}</R></Document>'.encode()


@pytest.mark.parametrize(
    ("status", "accepted", "pending"),
    [
        ("ACSP", True, False),
        ("ACCC", True, False),
        ("PDNG", False, True),
        ("RCVD", False, True),
        ("CANC", False, False),
    ],
)
def test_every_state_of_pain_002_is_taken_pending_or_refused(status: str, accepted: bool, pending: bool) -> None:
    answer = read_answer(pain002("PART", status), "E1")
    assert (answer.accepted, answer.pending) == (accepted, pending)


def test_each_bank_gets_the_codes_where_its_profile_says() -> None:
    assert profile_of("DEMUKZK0").texts(knp="119", person=True, invoice="7")[1] == "KNP 119 KOD 18 KBE 19 Invoice 7"
    purpose, text = profile_of("OTHRKZKX").texts(knp="119", person=False, invoice="x" * 200)
    assert purpose == "119" and text.startswith("/KNP/119/KOD/18/KBE/17/") and len(text) == 140


def test_the_banks_answer_is_read_for_our_payment() -> None:
    assert read_answer(pain002("ACSC", "ACSC"), "E1").accepted
    refused = read_answer(pain002("PART", "RJCT", "AC03"), "E1")
    assert (refused.accepted, refused.reason) == (False, "AC03")
    whole = read_answer(pain002("RJCT", reason="AM10"), "E1")
    assert (whole.accepted, whole.reason) == (False, "AM10")


@pytest.mark.parametrize(
    "body",
    [
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<Document xmlns="urn:x"><OrgnlGrpInfAndSts/></Document>',
        pain002("PART"),
        pain002("PART", "NEWS"),
    ],
)
def test_an_answer_that_says_nothing_is_no_answer(body: bytes) -> None:
    with pytest.raises(AnswerError):
        read_answer(body, "E1")
