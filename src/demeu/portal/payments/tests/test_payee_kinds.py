"""Who may be paid for an item, by the price list: the form says why not, treasury is told, the approver reads it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from demeu.contracts import treasury, vault
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import invalid
from demeu.kernel.ids import new_id
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.payments import asking
from demeu.portal.payments.desk import detail
from demeu.portal.payments.rules import fitting_kind
from demeu.portal.payments.tests.test_pages import with_role
from demeu.portal.payments.tests.test_rules import money, payout
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.queries import asked_items


def test_the_form_proposes_what_all_items_allow() -> None:
    assert fitting_kind([("clinic", "supplier"), ("supplier",)]) == "supplier"
    assert fitting_kind([("landlord",)]) == "landlord" and fitting_kind([("creditor",), ("clinic",)]) == "supplier"


class Services:
    """In the places of treasury and vault: a case with one item whose money is held, one payee."""

    def __init__(self) -> None:
        self.case = published_case()
        self.item: Item = asked_items(self.case.id).get()
        self.payee, self.prepared = new_id(), list[treasury.PayoutPrepare]()
        self.wrong_kind = False

    def ask(self, service: str, operation: Any, body: Any, **how: Any) -> Any:
        if operation is treasury.MONEY_OF_CASES:
            held = money(self.item.id, self.item.amount_tiyn, held=self.item.amount_tiyn)
            return treasury.CasesMoney(cases=(treasury.CaseMoney.model_construct(case=self.case.id, items=(held,)),))
        if operation is treasury.PAYOUT_LIST:
            return treasury.PayoutList(payouts=())
        if operation is vault.PAYEE_LIST:
            return vault.Payees(payees=(self._card(),))
        if operation is treasury.PAYOUT_PREPARE:
            self.prepared.append(body)
            if self.wrong_kind:
                raise invalid("payout.payee_kind_wrong")
            return payout(payout=body.payout)
        raise AssertionError(operation.name)

    def _card(self) -> vault.PayeeCard:
        return vault.PayeeCard.model_construct(
            payee=self.payee, name="Aigerim", bin="123456789012", masked_iban="KZ…01", registered_at=clock.now(),
            changed_at=None, checked_at=None,
        )  # fmt: skip

    def form(self, **changes: str) -> dict[str, str]:
        plain = {
            "payout": str(new_id()), "items": str(self.item.id), "payee": str(self.payee), "payee_kind": "supplier",
            "invoice_number": "INV 77", "amount": "",
        }  # fmt: skip
        return {**plain, **changes}


@pytest.fixture
def services(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> Services:
    found = Services()
    monkeypatch.setattr(asking, "ask", found.ask)
    with_role(client, Role.FINANCE_PREPARER)
    return found


@pytest.mark.parametrize(("lang", "why"), [("kk", "Баға тізімі бойынша"), ("ru", "По прейскуранту"), ("en", "By the")])
def test_a_payee_that_the_list_does_not_allow_is_refused_in_words_and_nothing_typed_is_lost(
    client: Client, services: Services, lang: str, why: str
) -> None:
    address = f"/desk/payouts/new/?case={services.case.number}"
    answer = client.post(address, services.form(payee_kind="beneficiary"), headers={"accept-language": lang})
    seen = answer.content.decode()
    assert answer.status_code == 422 and why in seen and services.prepared == []
    assert 'value="INV 77"' in seen and '<option value="beneficiary" selected' in seen


def test_treasury_is_told_who_may_be_paid_and_its_refusal_stands_on_the_form(
    client: Client, services: Services
) -> None:
    address = f"/desk/payouts/new/?case={services.case.number}"
    assert client.post(address, services.form()).status_code == 302
    [told] = services.prepared
    assert told.payee_kind == "supplier"
    assert [(one.item, "supplier" in one.kinds) for one in told.payable_to] == [(services.item.id, True)]
    services.wrong_kind = True
    answer = client.post(address, services.form(), headers={"accept-language": "ru"})
    assert answer.status_code == 422 and "Судя по номеру" in answer.content.decode()


@pytest.mark.django_db
def test_the_approver_reads_and_signs_as_what_the_payee_is_paid(
    client: Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = payout(case=services.case.id, items=(services.item.id,), payee_kind="landlord")
    monkeypatch.setattr(asking, "payout", lambda actor, identifier: row)
    seen = client.get(f"/desk/payouts/{row.payout}/", headers={"accept-language": "ru"}).content.decode()
    assert 'data-paid-as="landlord"' in seen and "Арендодатель" in seen
    with translation.override("ru"):
        assert "(Арендодатель)" in asking.payout_text(detail(row, {}))
