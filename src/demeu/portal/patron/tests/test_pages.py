"""A donor's places and the installable app: own things for their owner alone, nothing of anybody else is ever kept."""

import json
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import resolve

from demeu.contracts.treasury import GiftPart, OwnGift
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.portal.cases.actions import note_update
from demeu.portal.catalogue.actions import open_figures
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.patron import actions, asking, queries, tasks
from demeu.portal.patron.keeping import HEADER, owner_word
from demeu.portal.patron.models import Follow, NewsMark

pytestmark = pytest.mark.django_db
OWN = ("/my/giving/", "/my/impact/", "/my/following/", "/my/proposals/")
LANGS = ("kk", "ru", "en")


@pytest.fixture
def donor(client: Client) -> UUID:
    person = new_id()
    signed_in(client, person)
    return person


def given(donor: UUID | None, case: Any = None) -> GiftIntent:
    return GiftIntent.objects.create(
        gift=new_id(), target_kind="case" if case else "fund", target_id=case.id if case else None,
        case=case.id if case else None, amount_tiyn=750_000, fallback="ask", donor=donor, offer_version="1",
        lang="ru", created_at=clock.now(), received_at=clock.now(), state="received",
    )  # fmt: skip


def status_of(client: Client, address: str) -> int:
    with closing(client.get(address)) as answer:
        return answer.status_code


def told(monkeypatch: pytest.MonkeyPatch, *gifts: OwnGift) -> None:
    monkeypatch.setattr(asking, "own_gifts", lambda donor: gifts)


def own(row: GiftIntent, state: str = "held") -> OwnGift:
    part = GiftPart.model_validate({"item": None, "case": row.case, "amount_tiyn": row.amount_tiyn, "state": state})
    return OwnGift(gift=row.gift, received_at=clock.now(), amount_tiyn=row.amount_tiyn, returned_tiyn=0, parts=(part,))


@pytest.mark.parametrize("path", OWN)
def test_a_guest_is_sent_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", OWN)
def test_every_place_opens_in_three_languages_empty_and_with_a_gift(
    client: Client, donor: UUID, monkeypatch: pytest.MonkeyPatch, path: str, lang: str
) -> None:
    told(monkeypatch)
    assert client.get(path, headers={"accept-language": lang}).status_code == 200
    case = published_case()
    actions.follow(person=donor, case=case.id)
    actions.choose_taste(person=donor, on=True, groups=["children_youth"], regions=[], budget_tiyn=None)
    note_update(case=case.id, code="item_funded")
    told(monkeypatch, own(given(donor, case)))
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content
    assert str(donor) not in answer.content.decode()


def test_without_the_treasury_the_list_is_there_and_the_page_says_what_is_not(client: Client, donor: UUID) -> None:
    row = given(donor, published_case())
    answer = client.get("/my/giving/")
    assert answer.status_code == 200 and str(row.gift) in answer.content.decode()
    assert "Журнал сейчас не отвечает" in answer.content.decode() or "не отвечает" in answer.content.decode()
    assert client.get("/my/impact/").status_code == 503


def test_only_own_pages_are_marked_for_keeping_and_only_for_their_owner(client: Client, donor: UUID) -> None:
    mine, other, guest = given(donor), given(new_id()), given(None)
    assert client.get("/my/giving/")[HEADER] == owner_word(donor)
    assert client.get(f"/give/{mine.gift}/")[HEADER] == owner_word(donor)
    case = published_case()
    for path in (
        f"/give/{other.gift}/",
        f"/give/{guest.gift}/",
        "/cases/",
        f"/cases/{case.number}/",
        "/offline/",
        "/my/",
    ):
        assert HEADER not in client.get(path), path
    assert HEADER not in Client().get(f"/give/{mine.gift}/")
    assert str(donor) not in owner_word(donor) and owner_word(donor) != owner_word(new_id())


def test_following_is_one_press_and_so_is_leaving(client: Client, donor: UUID) -> None:
    case = published_case()
    for _ in range(2):
        assert client.post(f"/my/following/{case.number}/", {"do": "follow"})["Location"] == f"/cases/{case.number}/"
    assert queries.followers(case.id) == [donor]
    assert case.title_ru in client.get("/my/following/").content.decode()
    sent = {"do": "leave", "next": "https://elsewhere.example/"}
    assert client.post(f"/my/following/{case.number}/", sent)["Location"] == f"/cases/{case.number}/"
    assert queries.followers(case.id) == []
    assert client.post("/my/following/99-99999/", {"do": "follow"}).status_code == 404


def test_a_proposal_shows_its_reason_and_can_be_switched_off(client: Client, donor: UUID) -> None:
    case = published_case()
    open_figures(case=case.id, amounts_tiyn=[(new_id(), 5_000_000)], at=clock.now())
    assert case.number not in client.get("/my/proposals/").content.decode()
    sent = {"do": "save", "groups": ["children_youth"], "regions": ["35"], "budget": ""}
    assert client.post("/my/proposals/", sent).status_code == 302
    page = client.get("/my/proposals/", headers={"accept-language": "ru"}).content.decode()
    assert f"/cases/{case.number}/" in page and "Карагандинская область" in page.split("Почему эта")[1][:200]
    assert client.post("/my/proposals/", {"do": "off"}).status_code == 302
    page = client.get("/my/proposals/").content.decode()
    assert f"/cases/{case.number}/" not in page and 'value="children_youth" checked' in page
    wrong = client.post("/my/proposals/", {"do": "save", "groups": ["children_youth"], "budget": "-1"})
    assert wrong.status_code == 422 and 'value="-1"' in wrong.content.decode()
    assert client.post("/my/proposals/", {"do": "save", "groups": ["x"]}).status_code == 422
    assert client.post("/my/proposals/", {"do": "x"}).status_code == 422


def test_whoever_gave_to_a_case_hears_of_it_and_a_line_is_handed_out_once() -> None:
    case, donor = published_case(), new_id()
    facts = {"gift": str(new_id()), "amount_tiyn": 1, "target_kind": "case", "case": str(case.id), "donor": str(donor)}
    tasks.follow_given.run(**facts)
    tasks.follow_given.run(**{**facts, "donor": None})
    assert list(Follow.objects.values_list("person", flat=True)) == [donor]
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        note_update(case=case.id, code="published")
    assert actions.take_news() == [] and NewsMark.objects.count() == 1
    with clock.frozen(clock.now() - timedelta(seconds=30)):
        note_update(case=case.id, code="item_ordered")
        note_update(case=case.id, code="completed")
    note_update(case=case.id, code="case_funded")
    assert [(found, code) for _, found, code in actions.take_news()] == [(case.id, "completed")]
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert [code for _, _, code in actions.take_news()] == ["case_funded"]
        assert actions.take_news() == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_manifest_speaks_three_languages_and_names_icons_shortcuts_and_the_share_target(
    client: Client, lang: str
) -> None:
    answer = client.get("/app.webmanifest", headers={"accept-language": lang})
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json" and told["lang"] == lang and told["id"] == "/"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    assert any(icon["purpose"] == "maskable" for icon in told["icons"])
    assert told["share_target"]["action"] == "/share/" and len(told["shortcuts"]) == 4
    assert all(status_of(client, icon["src"]) == 200 for icon in told["icons"])
    for row in (*told["shortcuts"], {"url": told["start_url"]}):
        assert resolve(row["url"].partition("?")[0]), row


def test_the_worker_comes_from_the_root_with_files_that_exist(client: Client) -> None:
    answer = client.get("/sw.js")
    text = answer.content.decode()
    told = json.loads(text.split("self.BUILT=", 1)[1].split(";\n", 1)[0])
    assert answer["Content-Type"].startswith("text/javascript") and "showNotification" in text
    assert answer["Cache-Control"] == "no-cache" and len(told["files"]) > 4
    for address in (*told["files"], told["offline"]):
        assert status_of(client, address) == 200, address


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_without_a_connection_is_the_same_for_everybody(client: Client, donor: UUID, lang: str) -> None:
    mine = client.get("/offline/", headers={"accept-language": lang})
    assert mine.status_code == 200 and str(donor) not in mine.content.decode()
    assert b"data-unsent-form" in mine.content


@pytest.mark.parametrize(
    ("query", "goes"),
    [
        ("?url=https://demeu.example/cases/26-20001/", "/cases/26-20001/"),
        ("?text=26-20001&title=x", "/cases/26-20001/"),
        ("?text=26-99999", "/cases/?q=26-99999"),
        ("?text=%D3%99%D0%B6%D0%B5%20https://x.example/a", "/cases/?q=%D3%99%D0%B6%D0%B5"),
        ("?text=%00", "/cases/"),
        ("", "/cases/"),
    ],
)
def test_what_is_shared_with_us_finds_its_case_or_is_searched_for(client: Client, query: str, goes: str) -> None:
    published_case()
    assert client.get(f"/share/{query}")["Location"] == goes


def test_the_android_app_is_named_only_when_it_is_set_up(client: Client, settings: Any) -> None:
    assert client.get("/.well-known/assetlinks.json").status_code == 404
    settings.DEMEU_PORTAL_ANDROID_PACKAGE = "kz.demeu.app"
    settings.DEMEU_PORTAL_ANDROID_FINGERPRINTS = ["AB:CD"]
    (link,) = client.get("/.well-known/assetlinks.json").json()
    assert link["target"]["package_name"] == "kz.demeu.app" and link["target"]["sha256_cert_fingerprints"] == ["AB:CD"]


def test_followers_are_told_by_jobs_that_wait_for_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    case, person = published_case(), new_id()
    actions.follow(person=person, case=case.id)
    NewsMark.objects.create(last=0)
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        note_update(case=case.id, code="completed")
    asked: list[Any] = []
    monkeypatch.setattr(tasks, "ask", lambda service, operation, body, **more: asked.append(body))
    tasks.tell_followers.run()
    run_jobs()
    assert [(body.person, body.template, body.facts) for body in asked] == [
        (person, "news_completed", {"number": case.number})
    ]
