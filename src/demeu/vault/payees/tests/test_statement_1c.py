"""Promises about reading 1CClientBankExchange: sums, days and invoice numbers come out, names never do."""

import pytest

from demeu.kernel.errors import Refusal
from demeu.vault.payees.references import named_reference
from demeu.vault.payees.statement_1c import is_1c, lines_of_1c

OWN, OTHER = "KZ86125KZT5004100100", "KZ62999SUPPLIER00001"


def document(**changes: str) -> str:
    fields = {
        "Номер": "17",
        "Дата": "22.11.2026",
        "Сумма": "7500.50",
        "ПлательщикСчет": OTHER,
        "Плательщик": "ТОО CANARY",
        "ПлательщикИНН": "120140000008",
        "ПолучательСчет": OWN,
        "ДатаПоступило": "23.11.2026",
        "НазначениеПлатежа": "Пожертвование по счёту DEMEU-100000123, CANARY",
        **changes,
    }
    rows = [f"{name}={text}" for name, text in fields.items()]
    return "\n".join(["СекцияДокумент=Платежное поручение", *rows, "КонецДокумента"])


def file(*documents: str, own: str = OWN, closing: str = "7500.50") -> str:
    account = f"СекцияРасчСчет\nРасчСчет={own}\nНачальныйОстаток=0\nКонечныйОстаток={closing}\nКонецРасчСчет"
    return "\n".join(["1CClientBankExchange", "ВерсияФормата=1.03", account, *documents, "КонецФайла"])


def test_a_credit_with_our_invoice_number_is_found_and_nobody_is_named() -> None:
    found = lines_of_1c(file(document()), own_iban=OWN)
    [line] = found.lines
    assert (line.amount_tiyn, line.reference, line.booked_at.isoformat()) == (
        750_050,
        "TRANSFER/100000123/1",
        "2026-11-22T19:00:00+00:00",
    )
    assert found.account_ok and found.closing_balance_tiyn == 750_050
    assert "CANARY" not in found.model_dump_json() and "120140000008" not in found.model_dump_json()


def test_a_debit_is_negative_and_what_is_not_booked_yet_is_left_out() -> None:
    debit = document(ПлательщикСчет=OWN, ПолучательСчет=OTHER, ДатаСписано="23.11.2026", Сумма="20")
    waiting = document(ДатаПоступило="")
    [line] = lines_of_1c(file(debit, waiting), own_iban=OWN).lines
    assert (line.amount_tiyn, line.reference) == (-2_000, "")


def test_the_same_entry_has_the_same_name_whatever_stands_around_it() -> None:
    [first] = lines_of_1c(file(document()), own_iban=OWN).lines
    again, other = lines_of_1c(file(document(Плательщик="X"), document(Номер="18")), own_iban=OWN).lines
    assert first.entry_ref == again.entry_ref != other.entry_ref


@pytest.mark.parametrize(
    "text",
    [
        "1CClientBankExchange",
        file(document()).removesuffix("КонецФайла"),
        file(document(Сумма="7500.505")),
        file(document(Сумма="-1")),
        file(document(Сумма="NaN")),
        file(document(ДатаПоступило="2026-11-23")),
        file(document(ПолучательСчет=OTHER)),
        file(document().removesuffix("КонецДокумента")),
        file(document(), closing="much"),
    ],
)
def test_what_is_not_exactly_such_a_file_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"statement\.unreadable"):
        lines_of_1c(text, own_iban=OWN)


def test_another_account_is_noticed() -> None:
    assert not lines_of_1c(file(own=OTHER), own_iban=OWN).account_ok
    assert is_1c("\ufeff1CClientBankExchange\n") and not is_1c("<Document/>")


@pytest.mark.parametrize(
    ("text", "incoming", "reference"),
    [
        ("EPAY/100000123/ref-1", True, "EPAY/100000123/ref-1"),
        ("Помощь demeu-100000123.", True, "TRANSFER/100000123/1"),
        ("DEMEU-100000123", False, ""),
        ("DEMEU-100000123 DEMEU-100000124", True, ""),
        ("XDEMEU-100000123", True, ""),
        ("DEMEU-12", True, ""),
        ("от Сейітовой А.", True, ""),
    ],
)
def test_only_a_form_of_ours_leaves_the_free_text(text: str, incoming: bool, reference: str) -> None:
    assert named_reference(text, incoming=incoming) == reference
