"""Kept searches: one's own only, each once, and word of new cases that match, once a day at most."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.shelf.keeping import keep_shelf
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.searches import actions, tasks
from demeu.portal.searches.models import Search
from demeu.portal.searches.rules import SEARCHES_MAX

pytestmark = pytest.mark.django_db
CHILDREN = Wanted(group=frozenset({"children_youth"}))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    cache.clear()
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.tell_search, "defer", lambda **facts: lines.append(facts))
    yield lines


@pytest.fixture
def donor(client: Client) -> UUID:
    person = new_id()
    give_role(person=person, role=Role.DONOR, by="test", regions=[], organization="")
    signed_in(client, person)
    return person


def test_a_new_case_is_told_once_and_only_to_those_whom_it_matches(told: list[dict[str, Any]]) -> None:
    one, other = new_id(), new_id()
    published_case("26-20001")
    actions.keep_search(person=one, wanted=CHILDREN)
    actions.keep_search(person=other, wanted=Wanted(group=frozenset({"older_people"})))
    tasks.tell_searches.run()
    assert told == []
    published_case("26-20002")
    keep_shelf()
    for _ in range(2):
        tasks.tell_searches.run()
    assert [(line["person"], line["count"]) for line in told] == [(str(one), 1)]


def test_word_comes_once_a_day_at_most_and_loses_nothing(told: list[dict[str, Any]]) -> None:
    actions.keep_search(person=new_id(), wanted=CHILDREN)
    for number in ("26-20001", "26-20002", "26-20003"):
        published_case(number)
        keep_shelf()
        tasks.tell_searches.run()
    assert [line["count"] for line in told] == [1]
    cache.clear()
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        tasks.tell_searches.run()
    assert [line["count"] for line in told] == [1, 2]


def test_who_switched_it_off_is_not_told(told: list[dict[str, Any]]) -> None:
    person = new_id()
    row = actions.keep_search(person=person, wanted=CHILDREN)
    actions.change_search(search=row.id, person=person, tell=False)
    published_case()
    keep_shelf()
    tasks.tell_searches.run()
    assert told == []


def test_a_search_is_kept_from_the_catalogue_in_two_taps(client: Client, donor: UUID) -> None:
    published_case()
    keep_shelf()
    assert "/my/searches/keep/?group=children_youth" in client.get("/cases/?group=children_youth").content.decode()
    address = "/my/searches/keep/?group=children_youth&q=куртки"
    assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(address).status_code == 302
    row = Search.objects.get(person=donor)
    assert "children_youth" in client.get("/my/searches/").content.decode()
    client.post(f"/my/searches/{row.id}/", {"do": "forget"})
    assert not Search.objects.exists()


def test_nothing_unknown_and_nothing_of_others_can_be_kept_or_changed(client: Client, donor: UUID) -> None:
    for query in ("", "group=spells", "sort=new"):
        assert client.post(f"/my/searches/keep/?{query}").status_code == 422
    foreign = actions.keep_search(person=new_id(), wanted=CHILDREN)
    assert client.post(f"/my/searches/{foreign.id}/", {"do": "forget"}).status_code == 404
    assert client.post(f"/my/searches/{foreign.id}/", {"do": "x"}).status_code == 422
    assert Search.objects.count() == 1


def test_no_more_than_twenty_are_kept() -> None:
    person = new_id()
    for number in range(SEARCHES_MAX):
        actions.keep_search(person=person, wanted=Wanted(words=f"слово{number}"))
    with pytest.raises(Refusal, match=r"search\.too_many"):
        actions.keep_search(person=person, wanted=CHILDREN)


def test_a_guest_is_asked_to_sign_in_and_comes_back_to_the_same_search(client: Client) -> None:
    answer = client.get("/my/searches/keep/?group=children_youth")
    assert answer.status_code in (302, 403) and "children_youth" in answer.get("Location", answer.content.decode())
