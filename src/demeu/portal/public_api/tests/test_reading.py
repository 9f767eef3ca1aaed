"""Promises of the public data: pages by cursor, tags, limits, problems; nothing that a case's page does not show."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import validate

from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Case
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue.actions import open_figures
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.organizations.models import Organization
from demeu.portal.partners.tests.cast import bearer, team_key
from demeu.portal.public_api.rules import cursor_of, number_place, place_of, uuid_place
from demeu.portal.public_api.wording import ENDPOINTS
from demeu.portal.wishes.queries import asked_items

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def read(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1{path}", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_document_is_openapi_3_1_by_a_strangers_validator_and_every_endpoint_has_words(client: Client) -> None:
    document = read(client, "/openapi.json")
    validate(document)
    assert document["openapi"] == "3.1.0"
    told = {method["operationId"] for path in document["paths"].values() for method in path.values()}
    assert told == set(ENDPOINTS)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_about_the_api_names_every_endpoint(client: Client, lang: str) -> None:
    page = client.get("/developers/", headers={"accept-language": lang})
    assert page.status_code == 200
    assert all(f'id="{name}"' in page.content.decode() for name in ENDPOINTS)


def test_cases_come_page_by_page_and_a_new_one_shifts_nothing(client: Client) -> None:
    numbers = [f"26-2000{place}" for place in range(1, 6)]
    for number in numbers:
        published_case(number)
    first = read(client, "/cases?limit=2")
    assert [case["number"] for case in first["data"]] == numbers[:2]
    published_case("26-20000")
    second = read(client, f"/cases?limit=2&cursor={first['next']}")
    assert [case["number"] for case in second["data"]] == numbers[2:4]
    last = read(client, f"/cases?limit=2&cursor={second['next']}")
    assert [case["number"] for case in last["data"]] == numbers[4:] and last["next"] is None


def test_a_case_says_what_its_page_shows_and_no_more(client: Client) -> None:
    row = published_case()
    Case.objects.filter(id=row.id).update(district_kato="351000000", attributes=["single_parent"], subgroup="orphans")
    amounts = list(asked_items(row.id).values_list("id", "amount_tiyn"))
    open_figures(case=row.id, amounts_tiyn=amounts, at=timezone.now())
    case = read(client, f"/cases/{row.number}")
    assert (case["stage"], case["region_kato"], case["needed_tiyn"]) == ("published", "350000000", amounts[0][1])
    text = json.dumps(case)
    for hidden in (str(row.id), str(row.person), "351000000", "single_parent", "orphans"):
        assert hidden not in text
    items = read(client, f"/cases/{row.number}/items")["data"]
    assert [(item["code"], item["case"]) for item in items] == [("winter_clothes_child", row.number)]
    assert read(client, f"/items/{items[0]['id']}")["name"]["kk"].startswith("Балаға")


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.GUARDED, CaseState.SUSPENDED, CaseState.WITHDRAWN])
def test_what_is_not_public_does_not_exist(client: Client, state: CaseState) -> None:
    row = published_case()
    item = asked_items(row.id)[0].id
    Case.objects.filter(id=row.id).update(state=state)
    assert read(client, "/cases")["data"] == [] and read(client, "/items")["data"] == []
    for path in (f"/cases/{row.number}", f"/cases/{row.number}/items", f"/items/{item}", f"/items/{new_id()}"):
        assert read(client, path, 404)["code"] in ("case.unknown", "wish.unknown")


def test_filters_narrow_and_an_unknown_value_is_a_problem_never_everything(client: Client) -> None:
    published_case("26-20001")
    Case.objects.filter(id=published_case("26-20002").id).update(region_kato="750000000", urgency="high")
    found = read(client, "/cases?region=75&urgency=high&group=children_youth&stage=published")["data"]
    assert [case["number"] for case in found] == ["26-20002"]
    assert read(client, "/cases?region=750000000&urgency=normal")["data"] == []
    for query in ("group=everybody", "stage=draft", "region=karaganda", "urgency=9", "limit=0", "limit=1000"):
        problem = read(client, f"/cases?{query}", 422)
        assert problem["code"] == "call.unreadable" and problem["facts"]["places"]
    assert len(read(client, "/items?code=winter_clothes_child&stage=open&limit=1")["data"]) == 1


@pytest.mark.parametrize("cursor", ["%00", "abc", "Y2FzZXM6", "4pi6", cursor_of("items", str(new_id())), "a" * 121])
def test_a_cursor_that_is_not_of_this_list_is_a_problem(client: Client, cursor: str) -> None:
    assert read(client, f"/cases?cursor={cursor}", 422)["code"] in ("api.bad_cursor", "call.unreadable")


def test_an_answer_that_is_known_already_is_304_and_empty(client: Client) -> None:
    published_case()
    first = client.get("/api/v1/cases")
    tag = first["ETag"]
    again = client.get("/api/v1/cases", headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    published_case("26-20009")
    changed = client.get("/api/v1/cases", headers={"if-none-match": tag})
    assert changed.status_code == 200 and changed["ETag"] != tag
    head = client.head("/api/v1/cases")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", changed["ETag"])


def test_more_requests_than_a_minute_has_are_429_with_the_time_to_wait(client: Client, settings: Any) -> None:
    settings.DEMEU_PORTAL_API_GUEST_PER_MINUTE, settings.DEMEU_PORTAL_API_KEY_PER_MINUTE = 2, 3
    answers = [client.get("/api/v1/regions") for _ in range(6)]
    limited = [answer for answer in answers if answer.status_code == 429]
    assert limited and answers[0].status_code == 200 and answers[0]["RateLimit-Policy"] == '"per-minute";q=2;w=60'
    assert answers[0]["RateLimit"].startswith('"per-minute";r=1;t=')
    assert limited[0]["Content-Type"] == PROBLEM and 1 <= int(limited[0]["Retry-After"]) <= 60
    _row, word = team_key()
    known = client.get("/api/v1/regions", headers=bearer(word))
    assert known.status_code == 200 and known["RateLimit-Policy"] == '"per-minute";q=3;w=60'


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/nothing", 404, "api.unknown_path"),
        ("get", "", 404, "api.unknown_path"),
        ("post", "/nothing", 404, "api.unknown_path"),
        ("delete", "/cases", 405, "api.unknown_method"),
        ("get", "/cases/26-99999", 404, "case.unknown"),
        ("get", "/items/not-a-reference", 422, "call.unreadable"),
        ("get", "/gifts", 401, "key.needed"),
        ("post", "/gifts", 401, "key.needed"),
        ("get", "/ledger", 503, "call.service_down"),
        ("get", "/log", 503, "call.service_down"),
    ],
)
def test_every_error_is_a_problem_in_the_language_of_the_request(
    client: Client, method: str, path: str, status: int, code: str
) -> None:
    said = {}
    for lang in ("kk", "ru", "en"):
        answer = getattr(client, method)(f"/api/v1{path}", headers={"accept-language": lang})
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content
        body = answer.json()
        assert (body["code"], body["status"]) == (code, status) and body["request_id"]
        said[lang] = body["detail"]
    assert len(set(said.values())) == 3


def test_a_wrong_or_revoked_key_is_401_and_not_a_guest(client: Client) -> None:
    for word in ("demeu_live_" + "x" * 43, "nonsense", ""):
        answer = client.get("/api/v1/cases", headers={"authorization": f"Bearer {word}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "key.unknown")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_page_of_any_site_may_read(client: Client) -> None:
    assert client.get("/api/v1/regions")["Access-Control-Allow-Origin"] == "*"
    before = client.options("/api/v1/cases")
    assert before.status_code == 204 and "GET" in before["Access-Control-Allow-Methods"]


def test_figures_hide_few_cases_and_the_number_that_would_give_them_away(client: Client) -> None:
    for place in range(12):
        published_case(f"26-3{place:04}")
    Case.objects.filter(id=published_case("26-40000").id).update(group="older_people", region_kato="750000000")
    told = read(client, "/figures")
    assert told["open"] == 13
    assert {row["key"]: row["cases"] for row in told["by_group"]} == {"children_youth": None, "older_people": None}


def test_the_registry_comes_page_by_page_by_name(client: Client) -> None:
    for name in ("Асар", "Жанашыр", "Қамқор"):
        Organization.objects.create(id=new_id(), name=name, kind="ngo", registered_at=timezone.now())
    first = read(client, "/organizations?limit=2")
    rest = read(client, f"/organizations?limit=2&cursor={first['next']}")
    assert [row["name"] for row in first["data"] + rest["data"]] == ["Асар", "Жанашыр", "Қамқор"]
    assert rest["next"] is None and first["data"][0]["cases"] == 0
    assert "/organizations/" in first["data"][0]["url"]


def test_closed_lists_have_names_in_three_languages(client: Client) -> None:
    words = read(client, "/categories")["data"]
    kinds = {word["kind"] for word in words}
    assert kinds == {"group", "urgency", "case_stage", "item_stage", "item", "programme", "fallback", "gateway"}
    assert all(word["name"][lang] for word in words for lang in ("kk", "ru", "en"))
    regions = read(client, "/regions")["data"]
    assert len(regions) == 20 and regions[0]["name"]["kk"] == "Абай облысы"


def test_rules_by_themselves() -> None:
    place = new_id()
    assert uuid_place("items", cursor_of("items", str(place))) == place
    assert place_of("cases", "") == "" and number_place("ledger", "") == -1
    assert number_place("ledger", cursor_of("ledger", "17")) == 17
