"""Statistics serve from kept tables, say the same in each form, hide small cells, and can be framed only as widgets."""

import io
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Application
from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue.tests.conftest import alone  # noqa: F401  (addresses where nobody answers)
from demeu.portal.catalogue.tests.country import load
from demeu.portal.statistics import actions, asking, queries, tasks
from demeu.portal.statistics.models import KeptTable
from demeu.portal.statistics.reports import REPORTS, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    cache.clear()
    found = load(monkeypatch)
    actions.count_all()
    return found


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_serves_while_treasury_is_away(country: dict[str, Any], client: Client, lang: str) -> None:
    client.cookies["django_language"] = lang
    page = client.get("/stats/")
    assert page.status_code == 200
    assert page.content.decode().count('class="section stack report"') == len(REPORTS)


def test_a_second_visitor_costs_one_query(
    country: dict[str, Any], client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/stats/")
    with django_assert_max_num_queries(1):
        client.get("/stats/")


def test_the_sums_are_those_of_the_cases(country: dict[str, Any]) -> None:
    table = queries.kept().tables["money"]
    whole = queries.summed(table)[""]
    assert whole["open"] + whole["way"] + whole["done"] == public_cases().count() == len(country["cases"])
    assert whole["needed"] == sum(item["amount_tiyn"] for case in country["cases"] for item in case["items"])
    for by in ("group", "region"):
        assert sum(line["open"] for line in queries.summed(table, by).values()) == whole["open"]


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_the_same_table_as_csv_xlsx_and_json(country: dict[str, Any], client: Client, name: str) -> None:
    lines = client.get(f"/stats/{name}.json").json()["rows"]
    csv = client.get(f"/stats/{name}.csv").content.decode("utf-8-sig").strip().splitlines()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/stats/{name}.xlsx").content)).active
    assert sheet is not None
    assert len(csv) == sheet.max_row == len(lines) + 1
    assert [row["key"] for row in lines] == [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_an_unknown_report_is_not_there(country: dict[str, Any], client: Client) -> None:
    for path in ("/stats/names.csv", "/stats/names.json", "/widgets/names/", "/feeds/names.rss", "/feeds/cases.txt"):
        assert client.get(path).status_code == 404


def _applied(times: int, state: str) -> None:
    for _ in range(times):
        Application.objects.create(
            id=new_id(), person=new_id(), state=state, created_at=clock.now(), submitted_at=clock.now(),
            updated_at=clock.now(),
        )  # fmt: skip


def test_few_refusals_of_a_month_are_hidden_and_cannot_be_subtracted(client: Client) -> None:
    _applied(40, "approved")
    _applied(12, "review")
    _applied(3, "refused")
    actions.count_all()
    [line] = report("applications", queries.kept()).lines
    approved, refused, withdrawn, still_open, whole = line.cells
    assert (approved, refused, withdrawn, still_open, whole) == (40, None, 0, None, 55)
    [row] = client.get("/stats/applications.json").json()["rows"]
    assert row["refused"] is None and "3" not in client.get("/stats/applications.csv").content.decode().split(",")


def test_a_month_with_few_applications_hides_its_total_too() -> None:
    _applied(4, "approved")
    actions.count_all()
    [line] = report("applications", queries.kept()).lines
    assert line.cells == (None, 0, 0, 0, None)


def test_the_job_counts_a_dear_table_more_seldom() -> None:
    actions.count_all()
    before = dict(KeptTable.objects.values_list("name", "counted_at"))
    KeptTable.objects.filter(name="money").update(took_ms=3_600_000)
    KeptTable.objects.exclude(name="money").update(took_ms=0)
    tasks.count_tables.run()
    after = dict(KeptTable.objects.values_list("name", "counted_at"))
    assert after["money"] == before["money"]
    assert all(after[name] > before[name] for name in before if name != "money")


def test_months_are_taken_over_and_old_ones_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    from demeu.contracts.treasury import MonthMoney

    asked: list[int] = []

    def month(first: Any, amount: int) -> MonthMoney:
        return MonthMoney(month=first, gifts=1, received_tiyn=amount, returned_tiyn=0, paid_tiyn=0, delivered_tiyn=0)

    def answer(first: Any, count: int) -> tuple[MonthMoney, ...]:
        asked.append(count)
        return (month(first, len(asked)),)

    monkeypatch.setattr(asking, "months", answer)
    assert actions.ask_months() and actions.ask_months()
    assert asked == [actions.MONTHS_KEPT, actions.MONTHS_ASKED_AGAIN]
    rows = queries.kept().tables["months"]
    assert [row["received_tiyn"] for row in rows] == [1, 2]


def test_months_that_were_asked_for_before_the_first_gift_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def answer(first: Any, count: int) -> tuple[()]:
        asked.append(count)
        return ()

    monkeypatch.setattr(asking, "months", answer)
    tasks.count_tables.run()
    tasks.count_tables.run()
    assert asked == [actions.MONTHS_KEPT, actions.MONTHS_KEPT]


def test_months_stay_as_they_are_while_treasury_is_away(country: dict[str, Any]) -> None:
    assert actions.ask_months() is False
    assert queries.kept().tables["months"] == []


@pytest.mark.parametrize(
    "path", ["/widgets/money/", "/widgets/cases/?lang=kk&theme=dark", "/widgets/region/?region=61"]
)
def test_a_widget_may_be_framed_and_holds_no_script(country: dict[str, Any], client: Client, path: str) -> None:
    page = client.get(path)
    policy = page["Content-Security-Policy"]
    assert page.status_code == 200 and "frame-ancestors *" in policy and "script-src 'none'" in policy
    assert "<script" not in page.content.decode() and not page.cookies


def test_other_pages_refuse_to_be_framed(country: dict[str, Any], client: Client) -> None:
    page = client.get("/widgets/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/widgets/region/", "/widgets/region/?region=99", "/widgets/money/?region=61"])
def test_a_widget_of_an_unknown_place_is_not_there(country: dict[str, Any], client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_news_are_rss_and_atom_without_a_name_of_anybody(country: dict[str, Any], client: Client) -> None:
    rss = ElementTree.fromstring(client.get("/feeds/cases.rss").content)
    atom = ElementTree.fromstring(client.get("/feeds/cases.atom").content)
    items = rss.findall("./channel/item")
    assert len(items) == len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == min(30, public_cases().count())
    numbers = {case["number"] for case in country["cases"]}
    assert {(item.findtext("link") or "").rstrip("/").rsplit("/", 1)[1] for item in items} <= numbers


def test_a_feed_narrows_by_group_and_an_unknown_group_finds_nothing(country: dict[str, Any], client: Client) -> None:
    few = ElementTree.fromstring(client.get("/feeds/cases.rss?group=older_people").content)
    none = ElementTree.fromstring(client.get("/feeds/cases.rss?group=spells").content)
    wanted = sum(case["group"] == "older_people" for case in country["cases"])
    assert len(few.findall("./channel/item")) == wanted > 0 and none.findall("./channel/item") == []
