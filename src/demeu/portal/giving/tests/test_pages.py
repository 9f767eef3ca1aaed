"""Pages of giving while no other service runs: everything is kept, nothing breaks, the page says what is known."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts.treasury import FeeLine, FeesReport, GatewayFees, Gift, GiftTarget, SurplusAsked
from demeu.kernel.ids import new_id
from demeu.portal.cases.actions import move_case
from demeu.portal.cases.rules import CaseState
from demeu.portal.giving import actions, asking
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.queries import found_target
from demeu.portal.giving.rules import IntentState, Wanted
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.legal.queries import current_version

pytestmark = pytest.mark.django_db


def form(gift: UUID, /, **changes: str) -> dict[str, str]:
    whole = {
        "gift": str(gift), "fund": "1", "suggested": "750000", "amount": "", "fallback": "same_group",
        "anonymous": "on", "offer": "on", "offer_version": current_version("offer"), "currency": "KZT", **changes,
    }  # fmt: skip
    return {name: text for name, text in whole.items() if text}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "query",
    [
        *("fund=1", "sustainability=1", "reserve=1", "group=children_youth", "region=35", "programme=treatment"),
        *("case=26-20001", ""),
    ],
)
def test_the_page_opens_for_every_target_in_three_languages(client: Client, query: str, lang: str) -> None:
    published_case()
    answer = client.get(f"/give/?{query}", headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content


def test_the_page_offers_one_thing_and_the_whole_rest(client: Client) -> None:
    case = published_case()
    text = client.get(f"/give/?case={case.number}").content.decode()
    assert 'value="5990000"' in text and 'value="17970000"' in text


@pytest.mark.parametrize(
    "query",
    ["fund=2", "programme=none", "case=nonsense", "item=7", "group=%00", "case=26-20001&fund=1", "case=%F0%9F%8E%81"],
)
def test_a_target_that_cannot_be_read_gets_ways_on(client: Client, query: str) -> None:
    answer = client.get(f"/give/?{query}")
    assert answer.status_code in (404, 422) and "?fund=1" in answer.content.decode()


def test_a_case_that_has_its_money_leads_to_a_similar_one(client: Client) -> None:
    case = published_case()
    move_case(case=case.id, to=CaseState.FUNDED, by="role:portal")
    assert "?group=children_youth" in client.get(f"/give/?case={case.number}").content.decode()
    assert client.post("/give/", form(new_id(), fund="", case=case.number)).status_code == 409
    assert not GiftIntent.objects.exists()


@pytest.mark.parametrize("text", ["0", "-1", "1000000000000", "0.001", "сто", "🎁", "\x00", "9" * 70, "NaN", "1e9"])
def test_a_bad_sum_keeps_the_form_and_says_why(client: Client, text: str) -> None:
    gift = new_id()
    answer = client.post("/give/", form(gift, fund="", group="children_youth", amount=text, fallback="return"))
    page = answer.content.decode()
    assert answer.status_code == 422 and str(gift) in page and "field-error" in page
    assert 'value="return" checked' in page
    assert not GiftIntent.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"suggested": ""}, {"suggested": "abc"}, {"suggested": "1"}, {"suggested": "9" * 19}, {"fallback": ""},
        {"fallback": "pocket"}, {"offer": ""}, {"offer_version": ""}, {"currency": "USD"}, {"gift": "7"},
    ],
)  # fmt: skip
def test_each_missing_or_foreign_answer_is_refused_without_a_gift(client: Client, change: dict[str, str]) -> None:
    assert client.post("/give/", form(new_id(), **change)).status_code == 422
    assert not GiftIntent.objects.exists()


def test_an_old_version_of_the_offer_is_shown_anew(client: Client) -> None:
    answer = client.post("/give/", form(new_id(), offer_version="1999-01-01"))
    assert answer.status_code == 409 and current_version("offer") in answer.content.decode()


def test_without_the_treasury_the_gift_is_kept_and_the_page_says_that_nothing_was_charged(client: Client) -> None:
    gift = new_id()
    for _ in range(2):
        answer = client.post("/give/", form(gift))
        assert answer.status_code == 503 and str(gift) in answer.content.decode()
    assert GiftIntent.objects.get().amount_tiyn == 750_000
    assert client.get(f"/give/{gift}/pay/").status_code == 503
    page = client.get(f"/give/{gift}/")
    assert page.status_code == 200 and "7\u00a0500" in page.content.decode()
    assert client.get(f"/give/{gift}/now/").status_code == 200


def test_a_changed_sum_under_the_same_id_is_explained_and_gets_a_fresh_id(client: Client) -> None:
    gift = new_id()
    client.post("/give/", form(gift))
    answer = client.post("/give/", form(gift, amount="9000"), headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "7\u00a0500" in page and str(gift) not in page
    assert 'value="9000"' in page
    assert GiftIntent.objects.get().amount_tiyn == 750_000


def test_the_sum_that_was_written_wins_over_the_tile(client: Client) -> None:
    client.post("/give/", form(new_id(), amount="1 234,56"))
    assert GiftIntent.objects.get().amount_tiyn == 123_456


@pytest.mark.parametrize(("state", "status"), [(IntentState.RECEIVED, 200), (IntentState.DECLINED, 200)])
def test_a_decided_gift_is_shown_from_our_copy(client: Client, state: IntentState, status: int) -> None:
    case, gift = published_case(), new_id()
    client.post("/give/", form(gift, fund="", case=case.number))
    actions.note_gift(gift=gift, state=state, by="role:treasury")
    answer = client.get(f"/give/{gift}/")
    assert answer.status_code == status and answer["Cache-Control"] == "private, no-store"
    assert client.get(f"/give/{gift}/pay/")["Location"] == f"/give/{gift}/"
    again = f"/give/?case={case.number}&amp;amount=7500"
    assert (again in answer.content.decode()) == (state == IntentState.DECLINED)


def test_the_decided_fragment_tells_the_page_to_reload(client: Client) -> None:
    gift = new_id()
    client.post("/give/", form(gift))
    assert "HX-Refresh" not in client.get(f"/give/{gift}/now/").headers
    actions.note_gift(gift=gift, state="received", by="role:treasury")
    assert client.get(f"/give/{gift}/now/")["HX-Refresh"] == "true"


@pytest.mark.parametrize("path", ["", "pay/", "now/", "receipt.pdf", "proof.txt"])
def test_an_unknown_gift_does_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/give/{new_id()}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["receipt.pdf", "proof.txt"])
def test_a_receipt_without_the_treasury_is_not_now(client: Client, path: str) -> None:
    gift = new_id()
    client.post("/give/", form(gift))
    assert client.get(f"/give/{gift}/{path}").status_code == 503


def test_a_donor_sees_only_their_own_gifts(client: Client) -> None:
    assert client.get("/my/gifts/").status_code == 302
    mine, others = new_id(), new_id()
    Client().post("/give/", form(others))
    signed_in(client, new_id())
    assert "<table" not in client.get("/my/gifts/").content.decode()
    client.post("/give/", form(mine))
    actions.note_gift(gift=mine, state="received", by="role:treasury")
    page = client.get("/my/gifts/").content.decode()
    assert str(mine) in page and str(others) not in page


@pytest.mark.parametrize("gateway", ["halyk", "kaspi", "freedom"])
def test_the_way_of_payment_and_the_dedication_stay_with_the_gift(client: Client, gateway: str) -> None:
    gift = new_id()
    client.post("/give/", form(gift, gateway=gateway, dedication="memory"))
    kept = GiftIntent.objects.get(gift=gift)
    assert (kept.gateway, kept.dedication) == (gateway, "memory")
    page = client.get(f"/give/{gift}/", headers={"accept-language": "en"}).content.decode()
    assert "In loving memory" in page


def test_an_unknown_way_of_payment_or_dedication_is_no_gift(client: Client) -> None:
    for wrong in ({"gateway": "paypal"}, {"dedication": "for Aigul"}):
        assert client.post("/give/", form(new_id(), **wrong)).status_code == 422
    assert GiftIntent.objects.count() == 0


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_gift_can_be_asked_back_on_a_page_of_its_own(client: Client, lang: str) -> None:
    gift = new_id()
    client.post("/give/", form(gift))
    page = client.get(f"/give/{gift}/return/", headers={"accept-language": lang})
    assert page.status_code == 200 and page["Referrer-Policy"] == "no-referrer"
    asked = {"refund": str(new_id()), "reason": "mistake", "amount": ""}
    assert client.post(f"/give/{gift}/return/", asked).status_code == 503
    assert client.post(f"/give/{gift}/return/", {**asked, "reason": "because"}).status_code == 422
    assert client.post(f"/give/{gift}/return/", {**asked, "amount": "much"}).status_code == 422
    assert client.get(f"/give/{new_id()}/return/").status_code == 404


@pytest.mark.parametrize(
    ("news", "after"),
    [("refunded", "refunded"), ("charged_back", "charged_back"), ("received", "received"), ("declined", "received")],
)
def test_only_going_back_undoes_a_received_gift(client: Client, news: str, after: str) -> None:
    gift = new_id()
    client.post("/give/", form(gift))
    actions.note_gift(gift=gift, state="received", by="role:treasury")
    actions.note_gift(gift=gift, state=news, by="role:treasury")
    actions.note_gift(gift=gift, state="received", by="role:treasury")
    assert GiftIntent.objects.get(gift=gift).state == after


@pytest.mark.parametrize("fund", ["sustainability", "reserve"])
def test_a_gift_can_be_for_the_platform_or_for_emergencies(client: Client, fund: str) -> None:
    gift = new_id()
    client.post("/give/", form(gift, **{"fund": "", fund: "1"}))
    assert GiftIntent.objects.get(gift=gift).target_kind == fund
    again = client.get(f"/give/{gift}/pay/", headers={"accept-language": "en"}).content.decode()
    assert f"?{fund}=1" in again
    assert client.get(f"/give/?{fund}=2").status_code == 422


def test_who_asks_from_where_is_told_as_hashes_only(client: Client) -> None:
    gift = new_id()
    client.get("/give/?fund=1", REMOTE_ADDR="203.0.113.77")
    client.post("/give/", form(gift), REMOTE_ADDR="203.0.113.77")
    client.post("/give/", form(other := new_id()), REMOTE_ADDR="203.0.113.78")
    first, second = (GiftIntent.objects.get(gift=one).origin for one in (gift, other))
    assert first["subnet"] == second["subnet"] and first["address"] != second["address"]
    assert "203.0.113" not in str(first) and len(first["address"]) == 64


@pytest.fixture
def asked_gift(monkeypatch: pytest.MonkeyPatch) -> GiftIntent:
    """A received gift about whose surplus the treasury asks."""
    row = actions.begin_gift(
        gift=new_id(), target=found_target(Wanted("group", "children_youth")), amount_tiyn=100_000, fallback="ask",
        anonymous=True, offer_version=current_version("offer"), donor=None, lang="ru", by="guest",
    )  # fmt: skip
    at = datetime(2026, 12, 1, tzinfo=UTC)
    surplus = SurplusAsked(
        amount_tiyn=40_000, asked_at=at, answer_by=datetime(2026, 12, 31, tzinfo=UTC), ways=("most_urgent", "return"),
        default="most_urgent",
    )  # fmt: skip
    gift = Gift(
        gift=row.gift, state="received", amount_tiyn=100_000, currency="KZT", target=row_target(row), started_at=at,
        received_at=at, parts=(), log_index=None, surplus=surplus,
    )  # fmt: skip
    monkeypatch.setattr(asking, "gift_now", lambda *given: gift)
    monkeypatch.setattr(asking, "refunds_of", lambda *given: ())
    return row


def row_target(row: GiftIntent) -> GiftTarget:
    return GiftTarget.model_validate({"kind": row.target_kind, "id": row.target_id, "code": row.target_code or None})


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_gifts_page_asks_about_a_surplus_and_chooses_nothing_for_the_donor(
    client: Client, asked_gift: GiftIntent, lang: str
) -> None:
    text = client.get(f"/give/{asked_gift.gift}/", headers={"accept-language": lang}).content.decode()
    assert text.count('name="way"') == 2 and 'value="return">' in text and 'value="most_urgent">' in text


def test_an_answer_is_handed_on_and_nonsense_is_not(
    client: Client, asked_gift: GiftIntent, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[UUID, str, str]] = []
    monkeypatch.setattr(asking, "answer_surplus", lambda *given: heard.append(given))
    for way in ("return", "nonsense", ""):
        answer = client.post(f"/give/{asked_gift.gift}/answer/", {"way": way})
        assert (answer.status_code, answer["Location"]) == (302, f"/give/{asked_gift.gift}/")
    assert heard == [(asked_gift.gift, "return", "guest")]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("case=26-20001", {"same_group", "same_region", "most_urgent", "ask", "return"}),
        ("group=children_youth", {"most_urgent", "ask", "return"}),
        ("fund=1", {"most_urgent"}),
    ],
)
def test_each_target_offers_the_ways_that_lead_somewhere_else(client: Client, query: str, offered: set[str]) -> None:
    published_case()
    text = client.get(f"/give/?{query}").content.decode()
    assert set(re.findall(r'name="fallback" value="(\w+)"', text)) == offered


@pytest.mark.parametrize("target", ["fund", "group", "region", "programme", "case"])
def test_nothing_is_added_unless_the_donor_wrote_it(client: Client, target: str) -> None:
    case = published_case()
    text = {"fund": "1", "group": "children_youth", "region": "35", "programme": "treatment", "case": case.number}[
        target
    ]
    page = client.get(f"/give/?{target}={text}").content.decode()
    assert re.search(r'name="addition" value=""', page)
    gift = new_id()
    assert client.post("/give/", form(gift, **{"fund": "", target: text}, fallback="most_urgent")).status_code == 503
    row = GiftIntent.objects.get(gift=gift)
    assert (row.amount_tiyn, row.addition_tiyn, row.target_kind) == (750_000, 0, target)


def test_what_is_added_is_paid_with_the_gift_and_told_apart(client: Client) -> None:
    gift = new_id()
    client.post("/give/", form(gift, addition="500"))
    row = GiftIntent.objects.get(gift=gift)
    assert (row.amount_tiyn, row.addition_tiyn) == (800_000, 50_000)
    answer = client.post("/give/", form(new_id(), addition="сто"))
    assert answer.status_code == 422 and "field-error" in answer.content.decode()


def test_a_gift_for_running_the_platform_asks_for_no_addition(client: Client) -> None:
    assert 'name="addition"' not in client.get("/give/?sustainability=1").content.decode()


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_fees_are_public_as_a_page_and_as_data(client: Client, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    taken = (GatewayFees(gateway="kaspi", gifts=2, amount_tiyn=1_000_000, fee_tiyn=9_500),)
    report = FeesReport(gateways=taken, sustainability_tiyn=5_000, additions_tiyn=700, platform_share_tiyn=0, as_of=at)
    line = FeeLine(log_index=7, held_at=at, gateway="kaspi", amount_tiyn=1, addition_tiyn=0, fee_tiyn=1)
    monkeypatch.setattr(asking, "fees_report", lambda: report)
    monkeypatch.setattr(asking, "fee_lines", lambda after: (line,) if after < 7 else ())
    answer = client.get("/fees/", headers={"accept-language": lang})
    assert answer.status_code == 200 and "0,95" in answer.content.decode()
    assert client.get("/fees.json").json()["gateways"][0]["fee_tiyn"] == 9_500
    rows = b"".join(client.get("/fees.csv")).decode().splitlines()  # type: ignore[arg-type]
    assert len(rows) == 2 and rows[1].startswith("7,")
    assert len(b"".join(client.get("/fees.csv?after=7")).decode().splitlines()) == 1  # type: ignore[arg-type]


def test_without_the_treasury_fees_say_so(client: Client) -> None:
    assert client.get("/fees/").status_code == 503
    assert client.get("/fees.json").status_code == 503
