"""The shelf follows the tables, finds what is mistyped, turns pages without losing a case, and its counts are true."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from demeu.kernel.checks import broken_invariants
from demeu.portal.cases.models import Case
from demeu.portal.catalogue import filters, queries
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.models import CaseFigures, Shelved, Stale, Tally
from demeu.portal.catalogue.shelf import folding, loading
from demeu.portal.catalogue.shelf.keeping import keep_shelf
from demeu.portal.catalogue.tests.by_hand import found_by_hand
from demeu.portal.catalogue.tests.country import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    cache.clear()
    return load(monkeypatch)


def _promises() -> set[str]:
    return {one.name for one in broken_invariants()}


def test_the_counts_are_those_of_the_tables_and_a_wrong_one_is_noticed() -> None:
    assert Tally.objects.count() > 50 and not _promises()
    Tally.objects.filter(stage=1, facet="group", value="children_youth").update(cases=1)
    assert "counts_are_true" in _promises()


def test_a_case_that_is_not_taken_over_is_noticed() -> None:
    case = Case.objects.filter(state="published").first()
    assert case is not None
    Shelved.objects.filter(case=case.id).update(stage=3)
    assert {"shelf_follows_cases", "counts_are_true"} <= _promises()


def _funded() -> None:
    Case.objects.filter(id=Case.objects.filter(state="published").values("id")[:1]).update(state="funded")


def _given() -> None:
    row = CaseFigures.objects.order_by("needed_tiyn").last()
    assert row is not None
    row.held_tiyn = row.needed_tiyn - 100_000
    row.save()


def _hidden() -> None:
    Case.objects.filter(id=Case.objects.filter(state="published").values("id")[:1]).update(state="suspended")


def test_a_change_is_on_the_shelf_after_the_next_run() -> None:
    for change in (_funded, _given, _hidden):
        before = queries.counts(Wanted())
        change()
        assert Stale.objects.exists() and not _promises()
        assert keep_shelf() > 0 and not Stale.objects.exists()
        after = queries.counts(Wanted())
        assert before != after and not _promises()
        assert after["all"]["found"] == len(found_by_hand(Wanted()))


def test_a_run_without_changes_only_says_when_it_looked() -> None:
    before = loading.head()
    assert keep_shelf() == 0
    after = loading.head()
    assert before.rev == after.rev and before.at is not None and after.at is not None and after.at > before.at


def test_pages_behind_a_place_show_every_case_once(country: dict[str, Any]) -> None:
    for sort in filters.SORTS:
        wanted, seen, after = Wanted(sort=sort), [], ""
        while True:
            found = queries.found(wanted, after, size=7)
            seen += [row.id for row in found.cases]
            after = found.next
            if not after:
                break
        assert len(seen) == len(set(seen)) == found.number == len(found_by_hand(wanted))


def test_a_page_goes_on_when_the_last_case_of_the_page_before_has_gone() -> None:
    first = queries.found(Wanted(), size=5)
    Case.objects.filter(id=first.cases[-1].id).update(state="suspended")
    keep_shelf()
    second = queries.found(Wanted(), first.next, size=5)
    whole = [row.id for row in queries.found(Wanted(), size=1000).cases]
    assert [row.id for row in second.cases] == whole[4:9]


def test_an_odd_place_is_no_error(client: Client) -> None:
    for after in ("zz", "1", "99999999999.1", "-1.-1", ".", "-900000.5"):
        assert client.get("/cases/", {"after": after}).status_code == 200


SEARCHES = (
    ("уголь", "угоь"),
    ("активная коляска", "каляска активна"),
    ("көмір", "комир"),
    ("мектеп", "мектепп"),
    ("көмір қысқа", "кыска комир"),
    ("УГОЛЬ", "уголь"),
)


def test_mistyped_and_russian_letters_and_another_order_find_the_same() -> None:
    for right, as_typed in SEARCHES:
        exact = {row.id for row in queries.found(Wanted(words=right), size=1000).cases}
        typed = {row.id for row in queries.found(Wanted(words=as_typed), size=1000).cases}
        assert exact and exact <= typed, (right, as_typed)


def test_every_case_with_the_words_is_found_and_strange_words_find_none() -> None:
    for words in ("уголь", "бір айға", "продуктовый набор"):
        assert {row.id for row in found_by_hand(Wanted(words=words))} <= {
            row.id for row in queries.found(Wanted(words=words), size=1000).cases
        }
    for words in ("щзщзщзщз", "!!!", "🙂🙂", "' OR 1=1 --", "\u202eабв\u202c", "уголь щзщзщзщз"):
        assert queries.found(Wanted(words=words)).number == 0


def test_a_number_finds_its_case() -> None:
    row = Case.objects.filter(state="published").first()
    assert row is not None
    assert [one.id for one in queries.found(Wanted(words=f"№ {row.number}")).cases] == [row.id]


def test_new_words_are_found_after_the_next_run() -> None:
    assert queries.found(Wanted(words="велосипедик")).number == 0
    row = Case.objects.filter(state="published").first()
    assert row is not None
    row.title_ru = "Нужен велосипедик"
    row.save()
    keep_shelf()
    assert [one.id for one in queries.found(Wanted(words="велосипедик")).cases] == [row.id]
    row.title_ru = "Нужно другое"
    row.save()
    keep_shelf()
    assert queries.found(Wanted(words="велосипедик")).number == 0


def test_the_database_folds_as_we_do() -> None:
    for written in ("Әже мен Ұлы, Ғалым Һәм Іні; Ёж", "Wheelchair №7 ИП", "Ңөқү-қала"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_fold(%s), tsvector_to_array(portal_words(%s))", [written, written])
            folded, words = cursor.fetchone()
        assert folded == folding.fold(written)
        assert sorted(word for word in words if len(word) > 1) == sorted(folding.words_of(written))


def test_the_order_is_published_with_the_points_of_todays_first(client: Client) -> None:
    page = client.get("/cases/order/")
    assert page.status_code == 200
    assert [row["case"].id for row in page.context["rows"]] == [row.id for row in queries.found(Wanted(), size=3).cases]
    points = [row["points"] for row in page.context["rows"]]
    assert points == sorted(points, reverse=True)
