"""Payees against real PostgreSQL, and the bank's files."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.vault.payees import actions, queries, rules
from demeu.vault.payees.models import Payee, RawStatement
from demeu.vault.people import queries as people

pytestmark = pytest.mark.django_db
BIN = "230940000019"
IBAN = "KZ62999SUPPLIER00001"
PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def _registered(iban: str = IBAN) -> UUID:
    payee = uuid4()
    actions.register_payee(payee=payee, name="ТОО «Протез»", number=BIN, iban=iban, actor="person:x")
    return payee


def test_numbers_are_checked() -> None:
    assert rules.is_bin(BIN)
    assert not rules.is_bin("230940000018")
    assert not rules.is_bin("949940000385")
    assert rules.iban_of("kz62 999S UPPL IER0 0001") == IBAN
    assert rules.iban_of("KZ63999SUPPLIER00001") is None
    assert rules.iban_of("DE89370400440532013000") is None


def test_the_same_payee_again_changes_nothing_and_another_account_is_refused() -> None:
    payee = _registered()
    card = actions.register_payee(payee=payee, name="x", number=BIN, iban=IBAN, actor="person:x")
    assert (card.name, card.masked_iban) == ("ТОО «Протез»", "KZ62 999• •••• •••• 0001")
    with pytest.raises(Refusal, match=r"payee\.known_differently"):
        actions.register_payee(payee=payee, name="x", number=BIN, iban="KZ35999SUPPLIER00002", actor="person:x")
    with pytest.raises(Refusal, match=r"payee\.account_known"):
        _registered()
    assert [one.payee for one in queries.all_payees()] == [payee]


def test_a_wrong_number_or_account_is_refused() -> None:
    for number, iban, code in ((BIN[:-1] + "8", IBAN, "bin_invalid"), (BIN, IBAN[:-1] + "2", "iban_invalid")):
        with pytest.raises(Refusal, match=code):
            actions.register_payee(payee=uuid4(), name="A", number=number, iban=iban, actor="person:x")


def _pain(payee: UUID, *, payments: int = 1, name: str = "") -> str:
    one = (
        f"<CdtTrfTxInf><Cdtr><Nm>{name or payee}</Nm></Cdtr>"
        f"<CdtrAcct><Id><Othr><Id>{payee.hex}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>"
    )
    return f'<Document xmlns="{PAIN}"><CstmrCdtTrfInitn><PmtInf>{one * payments}</PmtInf></CstmrCdtTrfInitn></Document>'


def test_an_instruction_is_filled_with_name_and_account_only() -> None:
    payee = _registered()
    xml = actions.fill_instruction(payout=uuid4(), payee=payee, xml=_pain(payee), actor="role:treasury")
    root = etree.fromstring(xml.encode())
    assert root.findtext(f".//{{{PAIN}}}Cdtr/{{{PAIN}}}Nm") == "ТОО «Протез»"
    assert root.findtext(f".//{{{PAIN}}}CdtrAcct/{{{PAIN}}}Id/{{{PAIN}}}IBAN") == IBAN
    assert root.find(f".//{{{PAIN}}}Othr") is None


def test_an_instruction_for_somebody_else_or_for_two_is_refused() -> None:
    payee = _registered()
    wrong = (
        (_pain(uuid4()), "foreign_payee"),
        (_pain(payee, name="Somebody"), "foreign_payee"),
        (_pain(payee, payments=2), "unreadable"),
        ("<Document/>", "unreadable"),
        (f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{_pain(payee)}', "unreadable"),
        ("not xml", "unreadable"),
    )
    for xml, code in wrong:
        with pytest.raises(Refusal, match=code):
            actions.fill_instruction(payout=uuid4(), payee=payee, xml=xml, actor="role:treasury")


def test_a_listed_payee_is_found_by_number_or_name_and_is_not_paid(tmp_path: Path, settings: Any) -> None:
    payee = _registered()
    assert queries.screened(payee) == ()
    settings.DEMEU_VAULT_SANCTIONS = tmp_path / "list.txt"
    settings.DEMEU_VAULT_SANCTIONS.write_text(f"bin:{BIN}\nname:тоо протез\n")
    assert queries.screened(payee) == ("sanctions.number", "sanctions.name")
    with pytest.raises(Refusal, match=r"payee\.screened"):
        actions.fill_instruction(payout=uuid4(), payee=payee, xml=_pain(payee), actor="role:treasury")


def _entry(amount: str, sign: str, ref: str, text: str = "", end_to_end: str = "") -> str:
    return (
        f'<Ntry><NtryRef>{ref}</NtryRef><Amt Ccy="KZT">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        "<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>2026-11-22T10:00:00+05:00</DtTm></BookgDt><AcctSvcrRef>A{ref}</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>SETTLEMENT</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
        "<RltdPties><Dbtr><Pty><Nm>CANARY NAME</Nm></Pty></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _camt(entries: str, iban: str = "KZ86125KZT5004100100", closing: str = "5000.00") -> str:
    return (
        f'<Document xmlns="{CAMT}"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>'
        f'<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="KZT">{closing}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    )


def test_a_statement_gives_signed_sums_and_known_references_but_no_names() -> None:
    xml = _camt(
        _entry("7500.50", "CRDT", "1", "EPAY/000123456/ref-1") + _entry("20.00", "DBIT", "2", "от Сейітова А.", "e2e")
    )
    found = actions.extract_statement(xml=xml)
    assert [(line.entry_ref, line.amount_tiyn, line.reference, line.end_to_end_id) for line in found.lines] == [
        ("A1", 750_050, "EPAY/000123456/ref-1", ""),
        ("A2", -2_000, "", "e2e"),
    ]
    assert found.account_ok
    assert found.closing_balance_tiyn == 500_000
    assert "CANARY" not in found.model_dump_json()


def test_the_raw_statement_is_kept_once_and_sealed() -> None:
    xml = _camt(_entry("1", "CRDT", "1"))
    actions.extract_statement(xml=xml)
    actions.extract_statement(xml=xml)
    (kept,) = RawStatement.objects.all()
    assert b"CANARY" not in bytes(kept.xml)


def test_another_account_is_noticed_and_a_broken_statement_is_refused() -> None:
    assert not actions.extract_statement(xml=_camt("", iban=IBAN)).account_ok
    broken = ("", "<Document/>", _camt("", closing="1.001"), _camt("", closing="NaN"), _camt(_entry("-1", "CRDT", "1")))
    for xml in broken:
        with pytest.raises(Refusal, match=r"statement\.unreadable"):
            actions.extract_statement(xml=xml)


def _notified(entries: str) -> str:
    return (
        f'<Document xmlns="{CAMT.replace("053", "054")}"><BkToCstmrDbtCdtNtfctn><Ntfctn>'
        f"<Acct><Id><IBAN>KZ86125KZT5004100100</IBAN></Id></Acct>{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )


def test_a_notification_camt_054_gives_the_same_lines_and_no_balance() -> None:
    entries = _entry("7500.50", "CRDT", "1", "EPAY/000123456/ref-1") + _entry("20.00", "DBIT", "2", "", "e2e")
    told = actions.extract_statement(xml=_notified(entries))
    assert told.lines == actions.extract_statement(xml=_camt(entries)).lines
    assert told.account_ok and told.closing_balance_tiyn is None
    pending = _entry("1.00", "CRDT", "3").replace("BOOK", "PDNG")
    assert actions.extract_statement(xml=_notified(pending)).lines == ()
    mixed = _notified(entries).replace("BkToCstmrDbtCdtNtfctn", "BkToCstmrStmt")
    with pytest.raises(Refusal, match=r"statement\.unreadable"):
        actions.extract_statement(xml=mixed)


COUNTRY = {
    "people": [
        {
            "ref": "11111111-1111-4111-8111-111111111111", "iin": "900101200010", "surname": "Сейітова",
            "given_name": "Асель", "patronymic": "", "phone": "+77710009998", "lang": "kk", "region_kato": "750000000",
        }
    ],
    "payees": [{"payee": "22222222-2222-4222-8222-222222222222", "name": "ТОО «Протез»", "bin": BIN, "iban": IBAN}],
}  # fmt: skip


def _load(country: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(country)))
    call_command("load_demo", verbosity=0)


def test_the_demo_is_loaded_twice_without_a_second_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(COUNTRY, monkeypatch)
    _load(COUNTRY, monkeypatch)
    assert Payee.objects.count() == 1
    card = people.person_card(UUID("11111111-1111-4111-8111-111111111111"))
    assert card.display_name == "Сейітова Асель"


def test_an_unusable_demo_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**COUNTRY, "payees": [{**COUNTRY["payees"][0], "bin": "1" * 12}]}
    with pytest.raises(CommandError, match=r"payee\.bin_invalid"):
        _load(wrong, monkeypatch)
    assert not Payee.objects.exists()
