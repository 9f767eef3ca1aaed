"""Payments, statements, faults and pages of the bank, over its real addresses."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.models import Movement
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND, SUPPLIER, Order, pain001

pytestmark = pytest.mark.django_db
KEY = {"X-Api-Key": "sandbox-bank-key"}


def fill(client: Client, amount: object = "10000.00", account: str = FUND) -> Any:
    body = {"account": account, "amount": amount, "text": "Перевод", "payer": "Донор"}
    return client.post("/control/bank/credits", body, content_type="application/json")


def send(client: Client, body: bytes) -> Any:
    answer = client.post("/bank/api/payments", body, content_type="application/xml", headers=KEY)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def outcome(report: Any) -> tuple[str, list[str], list[str]]:
    statuses = [node.text for node in report.iterfind(".//{*}TxSts")]
    return report.findtext(".//{*}GrpSts"), statuses, [node.text for node in report.iterfind(".//{*}Rsn/{*}Cd")]


def statement(client: Client, after: str = "0", account: str = FUND) -> tuple[Any, str]:
    answer = client.get(f"/bank/api/statements?account={account}&after={after}", headers=KEY)
    assert answer.status_code == 200
    return etree.fromstring(answer.content), answer["X-Next-Cursor"]


def entries(client: Client, account: str = FUND) -> list[tuple[str, str, str]]:
    root, _ = statement(client, account=account)
    wanted = ("CdtDbtInd", "Amt", "BkTxCd/{*}Prtry/{*}Cd")
    return [tuple(node.findtext("{*}" + name) for name in wanted) for node in root.iterfind(".//{*}Ntry")]


def fault(client: Client, **body: object) -> Any:
    return client.post("/control/bank/faults", body, content_type="application/json")


def test_a_payment_is_executed_and_stands_in_both_statements(client: Client) -> None:
    fill(client)
    assert outcome(send(client, pain001())) == ("ACSC", ["ACSC"], [])
    assert entries(client) == [("CRDT", "10000.00", "TRANSFER"), ("DBIT", "7500.00", "PAYMENT")]
    assert entries(client, SUPPLIER) == [("CRDT", "7500.00", "PAYMENT")]
    root, _ = statement(client)
    refs = root.findall(".//{*}Ntry")[1].find(".//{*}Refs")
    assert [refs.findtext("{*}" + name) for name in ("MsgId", "InstrId", "EndToEndId")] == ["M1", "I-E1", "E1"]
    assert root.findall(".//{*}Bal")[1].findtext("{*}Amt") == "2500.00"
    assert broken_invariants() == []


def test_one_message_is_executed_once(client: Client) -> None:
    fill(client, "20000")
    first = send(client, pain001())
    assert outcome(send(client, pain001())) == ("RJCT", [], ["DUPL"])
    assert len(entries(client)) == 2
    again = client.get("/bank/api/payments/M1", headers=KEY)
    assert etree.tostring(etree.fromstring(again.content)) == etree.tostring(first)
    assert client.get("/bank/api/payments/M2", headers=KEY).status_code == 404


def test_a_message_is_executed_in_part_when_a_creditor_is_wrong(client: Client) -> None:
    fill(client)
    wrong = Order(amount="1.00", creditor="KZ61999SUPPLIER00001", end_to_end="E2")
    assert outcome(send(client, pain001(Order(), wrong))) == ("PART", ["ACSC", "RJCT"], ["AC03"])
    assert len(entries(client)) == 2


def test_money_that_is_not_there_is_not_paid(client: Client) -> None:
    fill(client, "7499.99")
    assert outcome(send(client, pain001())) == ("RJCT", ["RJCT"], ["AM04"])
    assert outcome(send(client, pain001(message_id="M2", debtor="KZ35999SUPPLIER00002"))) == (
        "RJCT",
        ["RJCT"],
        ["AC02"],
    )


def test_wrong_messages_change_nothing(client: Client) -> None:
    fill(client)
    assert outcome(send(client, b"no xml")) == ("RJCT", [], ["FF01"])
    assert outcome(send(client, pain001(total="1.00"))) == ("RJCT", [], ["AM10"])
    assert outcome(send(client, pain001())) == ("ACSC", ["ACSC"], [])


def test_the_key_is_asked_for(client: Client) -> None:
    assert client.post("/bank/api/payments", b"", content_type="application/xml").status_code == 401
    assert client.get("/bank/api/statements", headers={"X-Api-Key": "қате"}).status_code == 401
    long = client.post("/bank/api/payments", b"x" * (2**20 + 1), content_type="application/xml", headers=KEY)
    assert long.status_code == 413


def test_the_cursor_shows_each_movement_once(client: Client) -> None:
    for amount in ("1.00", "2.00", "3.00"):
        fill(client, amount)
    root, cursor = statement(client, "1")
    assert [node.findtext("{*}Amt") for node in root.iterfind(".//{*}Ntry")] == ["2.00", "3.00"]
    assert root.findall(".//{*}Bal")[0].findtext("{*}Amt") == "1.00"
    assert cursor == "3" and root.findtext(".//{*}AddtlStmtInf") == "cursor=3"
    root, cursor = statement(client, cursor)
    assert root.findall(".//{*}Ntry") == [] and cursor == "3"


@pytest.mark.parametrize("query", ["account=KZ00", f"account={FUND}&after=x", f"account={FUND}&after={'9' * 30}", ""])
def test_a_wrong_statement_request_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/bank/api/statements?{query}", headers=KEY).status_code in (404, 422)


def test_a_reject_fault_acts_as_often_as_asked(client: Client) -> None:
    fill(client, "20000")
    assert fault(client, kind="reject_payment", reason="AC06").status_code == 201
    assert outcome(send(client, pain001())) == ("RJCT", ["RJCT"], ["AC06"])
    assert outcome(send(client, pain001(message_id="M2"))) == ("ACSC", ["ACSC"], [])


def test_a_fault_for_one_payment_leaves_the_others_alone(client: Client) -> None:
    fill(client, "20000")
    fault(client, kind="reject_payment", end_to_end_id="E2")
    report = send(client, pain001(Order(amount="1"), Order(amount="1", end_to_end="E2"), total="2"))
    assert outcome(report) == ("PART", ["ACSC", "RJCT"], ["AC04"])


def test_a_returned_payment_comes_back_with_its_reference(client: Client) -> None:
    fill(client)
    fault(client, kind="return_payment", reason="AC04", delay_s=1)
    send(client, pain001())
    run_jobs()
    root, _ = statement(client)
    back = root.findall(".//{*}Ntry")[2]
    assert (back.findtext("{*}CdtDbtInd"), back.findtext(".//{*}EndToEndId")) == ("CRDT", "E1")
    assert back.findtext(".//{*}RtrInf/{*}Rsn/{*}Cd") == "AC04"
    again = client.post("/control/bank/payments/E1/return", {}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "bank.not_returnable")
    unknown = client.post("/control/bank/payments/E9/return", {}, content_type="application/json")
    assert unknown.status_code == 404
    assert broken_invariants() == []


def test_a_duplicated_entry_keeps_its_bank_reference(client: Client) -> None:
    fill(client, "20000")
    fault(client, kind="duplicate_entry")
    send(client, pain001())
    root, _ = statement(client)
    lines = [(node.findtext("{*}NtryRef"), node.findtext("{*}AcctSvcrRef")) for node in root.iterfind(".//{*}Ntry")]
    assert lines[1][1] == lines[2][1] and lines[1][0] != lines[2][0]
    assert broken_invariants() == []


def test_faults_are_listed_cleared_and_checked(client: Client) -> None:
    fault(client, kind="reject_payment", times=3)
    assert client.get("/control/bank/faults").json()[0]["times_left"] == 3
    assert client.delete("/control/bank/faults").status_code == 204
    assert client.get("/control/bank/faults").json() == []
    for wrong in ({"kind": "x"}, {"kind": "reject_payment", "reason": "no"}, {"kind": "reject_payment", "times": "1"}):
        assert fault(client, **wrong).status_code == 422
    form = client.post("/control/bank/faults", {"kind": "reject_payment"})
    assert form.json()["code"] == "control.json_expected"


@pytest.mark.parametrize("amount", ["0", "-1", 1.001, None, True, "1e3"])
def test_money_from_outside_must_be_an_amount(client: Client, amount: object) -> None:
    assert fill(client, amount).status_code == 422
    assert fill(client, "1", account="KZ00").status_code == 422


def test_the_pages_show_balance_movements_and_details(client: Client) -> None:
    fill(client, "10000.00")
    send(client, pain001())
    for path in ("/bank/", f"/bank/accounts/{FUND}/", f"/bank/accounts/{SUPPLIER}/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "style=" not in page.content.decode() and "<script" not in page.content.decode()
    assert "2 500" in client.get(f"/bank/accounts/{FUND}/").content.decode().replace("\u00a0", " ")
    line = Movement.objects.get(account__iban=FUND, code="PAYMENT")
    detail = client.get(f"/bank/movements/{line.pk}/").content.decode()
    assert "E1" in detail and "ЖШС Қолдау" in detail


def test_a_booked_movement_cannot_be_changed(client: Client) -> None:
    from django.db import DatabaseError

    fill(client)
    with pytest.raises(DatabaseError):
        Movement.objects.update(amount_tiyn=1)


def test_the_invariants_notice_a_balance_that_is_not_its_movements(client: Client) -> None:
    from demeu.sandbox.banks.models import Account

    fill(client)
    Account.objects.filter(iban=FUND).update(balance_tiyn=1)
    assert broken_invariants() == ["sandbox_banks.sum_is_zero", "sandbox_banks.balance_is_movements"]


def test_notifications_tell_the_same_movements_without_a_balance(client: Client) -> None:
    fill(client)
    send(client, pain001())
    answer = client.get(f"/bank/api/notifications?account={FUND}&after=0", headers=KEY)
    root = etree.fromstring(answer.content)
    assert etree.QName(root).namespace.endswith("camt.054.001.08") and root.find(".//{*}Bal") is None
    stated, cursor = statement(client)
    told = [node.findtext("{*}AcctSvcrRef") for node in root.iterfind(".//{*}Ntry")]
    assert told == [node.findtext("{*}AcctSvcrRef") for node in stated.iterfind(".//{*}Ntry")] and len(told) == 2
    assert answer["X-Next-Cursor"] == cursor
