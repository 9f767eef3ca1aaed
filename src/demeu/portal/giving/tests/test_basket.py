"""Several cases in one form: one press is one basket, however often it is pressed; nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Case
from demeu.portal.giving.basket import CASES_MAX, numbers_in, with_number
from demeu.portal.giving.models import Basket, GiftIntent
from demeu.portal.giving.rules import IntentState
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.legal.queries import current_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases() -> list[Case]:
    return [published_case("26-20001"), published_case("26-20002")]


def form(*amounts: str, **changes: Any) -> dict[str, Any]:
    whole = {
        "basket": str(new_id()), "case": ["26-20001", "26-20002"], "gift": [str(new_id()), str(new_id())],
        "amount": list(amounts), "anonymous": "on", "offer": "on", "offer_version": current_version("offer"),
        "currency": "KZT", **changes,
    }  # fmt: skip
    return {name: given for name, given in whole.items() if given}


def test_a_basket_of_two_becomes_two_gifts_and_a_page_that_leads_on(client: Client, cases: list[Case]) -> None:
    client.get("/give/basket/?case=26-20001")
    page = client.get("/give/basket/?case=26-20002").content.decode()
    assert page.count('name="amount"') == 2
    answer = client.post("/give/basket/", form("5 000", "7500"))
    assert answer.status_code == 302
    gifts = list(GiftIntent.objects.order_by("amount_tiyn"))
    assert [(gift.case, gift.amount_tiyn) for gift in gifts] == [(cases[0].id, 500_000), (cases[1].id, 750_000)]
    follow = Client().get(answer["Location"])
    assert follow.status_code == 200 and f"/give/{gifts[0].gift}/pay/" in follow.content.decode()
    assert client.get("/give/basket/").content.decode().count('name="amount"') == 0


def test_pressing_twice_and_going_back_makes_one_basket(client: Client, cases: list[Case]) -> None:
    typed = form("5000", "7500")
    first, second = client.post("/give/basket/", typed), client.post("/give/basket/", typed)
    assert first["Location"] == second["Location"]
    assert (Basket.objects.count(), GiftIntent.objects.count()) == (1, 2)


def test_the_same_form_with_other_sums_says_so_and_begins_nothing_new(client: Client, cases: list[Case]) -> None:
    typed = form("5000", "7500")
    client.post("/give/basket/", typed)
    answer = client.post("/give/basket/", {**typed, "amount": ["6000", "7500"]})
    assert answer.status_code == 409 and 'value="6000"' in answer.content.decode()
    assert GiftIntent.objects.count() == 2
    fresh = answer.context["rows"][0]["line"].gift
    assert fresh not in typed["gift"]


@pytest.mark.parametrize("amount", ["0", "-1", "1000000000000", "0,001", "🎁", "\u202e500\u202c", "пять тысяч"])
def test_a_sum_that_cannot_be_given_keeps_what_was_typed(client: Client, cases: list[Case], amount: str) -> None:
    answer = client.post("/give/basket/", form(amount, "7500"))
    text = answer.content.decode()
    assert answer.status_code == 422 and "aria-invalid" in text and 'value="7500"' in text
    assert not GiftIntent.objects.exists() and not Basket.objects.exists()


def test_a_line_left_empty_is_left_out(client: Client, cases: list[Case]) -> None:
    client.post("/give/basket/", form("", "7500"))
    assert [gift.case for gift in GiftIntent.objects.all()] == [cases[1].id]


def test_without_the_offer_nothing_begins(client: Client, cases: list[Case]) -> None:
    assert client.post("/give/basket/", form("5000", "7500", offer="")).status_code == 422
    assert not GiftIntent.objects.exists()


def test_a_case_that_has_just_closed_takes_the_whole_form_back(client: Client, cases: list[Case]) -> None:
    typed = form("5000", "7500")
    Case.objects.filter(id=cases[1].id).update(state="funded")
    assert client.post("/give/basket/", typed).status_code == 409
    assert not GiftIntent.objects.exists() and not Basket.objects.exists()


def test_a_paid_gift_is_not_asked_for_again(client: Client, cases: list[Case]) -> None:
    address = client.post("/give/basket/", form("5000", "7500"))["Location"]
    first = GiftIntent.objects.get(amount_tiyn=500_000)
    GiftIntent.objects.filter(gift=first.gift).update(state=IntentState.RECEIVED, received_at=first.created_at)
    text = client.get(address).content.decode()
    assert f"/give/{first.gift}/pay/" not in text
    assert f"/give/{GiftIntent.objects.get(amount_tiyn=750_000).gift}/pay/" in text
    assert f"{address}" in client.get(f"/give/{first.gift}/").content.decode()


def test_an_unknown_basket_is_not_found(client: Client) -> None:
    assert client.get(f"/give/basket/{new_id()}/").status_code == 404


def test_a_cookie_of_nonsense_is_an_empty_basket(client: Client) -> None:
    assert numbers_in("a.b.26-10001.26-10001.<script>." + "9" * 500) == ["26-10001"]
    full = [f"26-1000{n}" for n in range(CASES_MAX)]
    assert with_number(full, put="26-99999") == full and with_number(full, out="26-10000") == full[1:]
    client.cookies["basket"] = "../..;26-1"
    assert client.get("/give/basket/").status_code == 200
