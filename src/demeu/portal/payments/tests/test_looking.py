"""What the approver reads before signing, quotes in the form, payees with changed accounts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demeu.contracts import treasury, vault
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import forbidden
from demeu.kernel.ids import new_id
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.payments import asking, quotes
from demeu.portal.payments.explaining import REASON_TEXTS
from demeu.portal.payments.tests.test_pages import with_role
from demeu.portal.payments.tests.test_rules import payout
from demeu.portal.wishes.queries import asked_items

ITEM = str(new_id())
Answers = dict[str, Callable[[Any], Any]]


def test_quotes_are_read_with_what_is_wrong_and_nothing_typed_is_lost() -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF")
    posted = {f"quote_{ITEM}_1": "12 500", f"quote_{ITEM}_2": "cheap", f"chosen_{ITEM}": "2"}
    lines = quotes.read_quotes([ITEM], posted, {f"quote_file_{ITEM}_3": file})[ITEM]
    assert [row.price_tiyn for row in lines] == [1_250_000, 0, 0] and lines[1].price == "cheap"
    assert [bool(row.error) for row in lines] == [False, True, True]
    assert quotes.has_errors({ITEM: lines}) and [row.chosen for row in lines] == [False, True, False]


@pytest.mark.django_db
def test_quotes_go_to_treasury_with_their_files_and_exactly_one_chosen() -> None:
    item = asked_items(published_case().id).get()
    named, kept = str(item.id), list[bytes]()

    def keep(name: str, content: bytes) -> UUID:
        kept.append(content)
        return new_id()

    posted = {f"quote_{named}_1": "500", f"quote_{named}_2": "400", f"chosen_{named}": "2"}
    files = {f"quote_file_{named}_2": SimpleUploadedFile("a.pdf", b"%PDF")}
    one, two = quotes.given_quotes(quotes.read_quotes([named], posted, files), {named: item}, keep)
    assert (one.chosen, two.chosen, two.code, two.quantity) == (False, True, item.code, item.quantity)
    assert kept == [b"%PDF"] and one.document is None and two.document is not None
    posted.pop(f"quote_{named}_2")
    (only,) = quotes.given_quotes(quotes.read_quotes([named], posted, {}), {named: item}, keep)
    assert only.chosen


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The places of treasury and vault are taken: what is answered is said by the test."""
    answers: Answers = {"payees.list": lambda body: vault.Payees(payees=())}

    def ask(service: str, operation: Any, body: Any, **how: Any) -> Any:
        return answers[operation.name](body)

    monkeypatch.setattr(asking, "ask", ask)
    return answers


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_reason_is_explained_in_words_with_its_numbers(client: Client, others: Answers, lang: str) -> None:
    case = published_case()
    item = asked_items(case.id).get()
    facts: dict[str, Any] = {
        "item": str(item.id), "median_tiyn": 10_000, "count": 7, "wanted": 3, "items_tiyn": 20_000,
        "price_tiyn": 990_000, "cheapest_tiyn": 5_000, "payout": str(new_id()),
    }  # fmt: skip
    reasons = tuple(treasury.PayoutReason(code=code, facts=facts) for code in REASON_TEXTS)
    row = payout(case=case.id, items=(item.id,), reasons=reasons)
    others["payouts.show"] = lambda body: row
    with_role(client, Role.FINANCE_PREPARER)
    seen = client.get(f"/desk/payouts/{row.payout}/", headers={"accept-language": lang}).content.decode()
    assert seen.count("data-reason=") == len(REASON_TEXTS) and "%(" not in seen and facts["payout"] in seen


@pytest.mark.django_db
def test_a_held_payout_says_until_when_and_offers_no_signature(client: Client, others: Answers) -> None:
    row = payout(state="held", held_until=clock.now() + timedelta(hours=48))
    others["payouts.show"] = lambda body: row
    with_role(client, Role.FINANCE_APPROVER)
    seen = client.get(f"/desk/payouts/{row.payout}/").content.decode()
    assert "/desk/payouts/payees/" in seen and "data-signing" not in seen


def card(**changes: Any) -> vault.PayeeCard:
    plain = {"payee": new_id(), "name": "ТОО Орда", "bin": "990940000006", "masked_iban": "KZ62 •••• 0001"}
    return vault.PayeeCard.model_validate({**plain, **changes})


@pytest.mark.django_db
def test_a_changed_account_is_confirmed_by_an_officer_who_did_not_register_it(client: Client, others: Answers) -> None:
    person = with_role(client, Role.FINANCE_APPROVER)
    foreign, own = (
        card(changed_at=clock.now(), registered_by=f"person:{by}", name=name)
        for by, name in ((new_id(), "Чужой"), (person, "Свой"))
    )
    others["payees.list"] = lambda body: vault.Payees(payees=(card(), own, foreign))
    seen = client.get("/desk/payouts/payees/").content.decode()
    assert f"/{foreign.payee}/check/" in seen and f"/{own.payee}/check/" not in seen
    asked: list[Any] = []
    others["payees.check"] = lambda body: asked.append(body) or foreign
    address = f"/desk/payouts/payees/{foreign.payee}/check/"
    assert client.post(address, {"how": "dream"}).status_code == 302 and asked == []
    assert client.post(address, {"how": "call"}).status_code == 302
    assert (asked[0].payee, asked[0].how) == (foreign.payee, "call")

    def refuse(body: Any) -> Any:
        raise forbidden("payee.checked_by_registrar")

    others["payees.check"] = refuse
    client.post(address, {"how": "call"})
    assert "Другой" in client.get("/desk/payouts/payees/", headers={"accept-language": "ru"}).content.decode()


@pytest.mark.django_db
def test_a_quotes_file_is_opened_only_from_its_own_payout(client: Client, others: Answers) -> None:
    quote = treasury.PayoutQuote(item=new_id(), code="coat", quantity=1, price_tiyn=5, document=new_id(), chosen=True)
    row = payout(quotes=(quote,))
    others["payouts.show"] = lambda body: row
    others["documents.get"] = lambda body: vault.Document(
        document=body.document, subject="payout:1", kind="quote", media_type="application/pdf", content_b64="JVBERg==",
        sha256="", at=clock.now(),
    )  # fmt: skip
    with_role(client, Role.FINANCE_APPROVER)
    answer = client.get(f"/desk/payouts/{row.payout}/quotes/{quote.document}/")
    assert answer.content == b"%PDF" and "sandbox" in answer["Content-Security-Policy"]
    assert client.get(f"/desk/payouts/{row.payout}/quotes/{new_id()}/").status_code == 404
