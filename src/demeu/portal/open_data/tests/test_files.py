"""Promises of the daily files: strangers' validators take them, nothing in them singles out a family."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from frictionless import Package
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from demeu.kernel import clock
from demeu.portal.open_data import tasks
from demeu.portal.open_data.activities import Cell, told
from demeu.portal.open_data.editions import KEPT, edition, home, kept, write_edition
from demeu.portal.open_data.serving import part_of
from demeu.portal.open_data.tests.cast import MADE_AT, case, country, schemas
from demeu.portal.open_data.writing import write_files

pytestmark = pytest.mark.django_db
FORMATS = jsonschema.FormatChecker(["date-time"])


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.DEMEU_VAR = tmp_path
    cache.clear()
    yield tmp_path
    cache.clear()


@pytest.fixture
def folder() -> Path:
    """The files of a small country."""
    country()
    made = write_edition(MADE_AT, lambda place: write_files(place, MADE_AT))
    return home() / made.name


def test_the_activities_hold_to_the_schema_of_iati_2_03(folder: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schemas() / "iati-2.03" / "iati-activities-schema.xsd"))
    document = etree.parse(folder / "iati-activities.xml")
    schema.assertValid(document)
    assert document.getroot().get("version") == "2.03"
    document.getroot()[0].remove(document.getroot()[0].find("iati-identifier"))
    assert not schema.validate(document)


def test_the_grants_hold_to_the_schema_of_360giving(folder: Path) -> None:
    place = schemas() / "360giving"
    package = json.loads((place / "360-giving-package-schema.json").read_text())
    grant = DRAFT202012.create_resource(json.loads((place / "360-giving-schema.json").read_text()))
    address = package["properties"]["grants"]["items"]["$ref"]
    known = Registry().with_resources([(address, grant), (grant.contents["$id"], grant)])
    checker = jsonschema.Draft202012Validator(package, registry=known, format_checker=FORMATS)
    told = json.loads((folder / "360giving.json").read_text())
    checker.validate(told)
    assert [one["id"] for one in told["grants"]] == ["360G-demeu-26-30000", "360G-demeu-26-30001"]
    codes = {row["Code"] for row in table(place / "grantToIndividualsReason.csv")}
    assert {one["toIndividualsDetails"]["primaryGrantReason"] for one in told["grants"]} <= codes
    told["grants"][0]["awardDate"] = "yesterday"
    assert not checker.is_valid(told)


def test_a_stranger_reads_the_tables_by_their_description(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert [(task.name, task.stats["rows"]) for task in report.tasks] == [
        ("cases", 15), ("items", 15), ("figures", 6), ("regions", 20), ("categories", report.tasks[4].stats["rows"]),
    ]  # fmt: skip
    with (folder / "cases.csv").open("a") as file:
        file.write("26-30000,not,enough\n")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_archive_and_the_sums_agree_with_the_files(folder: Path) -> None:
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        told, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told
    archive = zipfile.ZipFile(folder / "demeu-open-data.zip")
    assert archive.read("cases.csv") == (folder / "cases.csv").read_bytes()


def test_nothing_beyond_the_public_page_of_a_case_is_in_any_file(folder: Path) -> None:
    rows = country_rows()
    for path in folder.iterdir():
        text = path.read_bytes().decode("utf-8", "replace")
        for row in rows:
            assert str(row.person) not in text and str(row.id) not in text
        assert "351010000" not in text and "single_parent" not in text


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def country_rows() -> list[Any]:
    from demeu.portal.cases.models import Case

    return list(Case.objects.all())


def test_what_is_no_longer_public_is_not_in_the_next_edition(folder: Path) -> None:
    from demeu.portal.cases.models import Case

    assert "26-30005" in (folder / "cases.csv").read_text()
    Case.objects.filter(number="26-30005").update(state="withdrawn")
    later = MADE_AT + timedelta(days=1)
    made = write_edition(later, lambda place: write_files(place, later))
    assert "26-30005" not in (home() / made.name / "cases.csv").read_text()


def test_few_cases_are_not_told_apart(folder: Path) -> None:
    figures = table(folder / "figures.csv")
    assert {(row["by"], row["key"], row["cases"]) for row in figures if row["by"] == "group"} == {
        ("group", "children_youth", ""), ("group", "older_people", ""),
    }  # fmt: skip
    names = etree.parse(folder / "iati-activities.xml").findall("iati-activity/iati-identifier")
    assert [name.text.rpartition("-")[2] for name in names if name.text] == ["350000000"]


def test_cells_of_few_cases_are_put_together_until_eleven_fit() -> None:
    def cell(region: str, cases: int) -> Cell:
        return Cell("older_people", region, cases, date(2026, 1, 1), cases * 100, cases * 10)

    shown = told([cell("75", 40), cell("71", 3), cell("35", 12), cell("10", 2)])
    assert [(one.region, one.cases) for one in shown] == [("75", 40), ("rest", 17)]
    assert sum(one.given_tiyn for one in shown) == 5700
    assert told([cell("71", 3)]) == [] and told([cell("71", 11)])[0].cases == 11


def test_an_edition_that_fails_half_way_changes_nothing(folder: Path) -> None:
    before = edition()

    def broken(place: Path) -> dict[str, int | None]:
        (place / "cases.csv").write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_edition(MADE_AT + timedelta(days=1), broken)
    assert edition() == before and len(kept()) == 1


def test_editions_are_kept_for_a_week(var: Path) -> None:
    case("26-30000")
    for day in range(KEPT + 2):
        made_at = MADE_AT + timedelta(days=day)
        write_edition(made_at, lambda place, at=made_at: write_files(place, at))  # type: ignore[misc]
    assert len(kept()) == KEPT
    newest = edition()
    assert newest is not None and newest.name == kept()[0] and newest.file("360giving.json") is None


def test_the_first_edition_does_not_wait_for_the_night_and_a_command_makes_one(var: Path) -> None:
    with clock.frozen(MADE_AT - timedelta(hours=1)):
        tasks.make_first_files.run()
        tasks.make_first_files.run()
    assert len(kept()) == 1
    case("26-30000")
    with clock.frozen(MADE_AT):
        tasks.make_first_files.run()
        tasks.make_first_files.run()
    assert len(kept()) == 2
    said = io.StringIO()
    call_command("make_open_data", stdout=said)
    assert len(kept()) == 3 and "cases.csv: 1 rows" in said.getvalue()


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_lists_the_files_with_the_licence(client: Client, folder: Path, lang: str) -> None:
    page = client.get("/open-data/", headers={"accept-language": lang}).content.decode()
    assert "https://creativecommons.org/licenses/by/4.0/" in page and '"@type":"Dataset"' in page
    for path in folder.iterdir():
        if path.name != "manifest.json":
            assert f"/open-data/latest/{path.name}" in page


def test_without_an_edition_the_page_says_so(client: Client) -> None:
    assert client.get("/open-data/").status_code == 200
    assert client.get("/open-data/latest/cases.csv").status_code == 404


def test_a_file_comes_whole_in_parts_or_not_again(client: Client, folder: Path) -> None:
    content = (folder / "cases.csv").read_bytes()
    whole = client.get("/open-data/latest/cases.csv")
    tag = whole["ETag"]
    assert whole.getvalue() == content and whole["Accept-Ranges"] == "bytes"
    assert client.get("/open-data/latest/cases.csv", headers={"if-none-match": tag}).status_code == 304
    part = client.get("/open-data/latest/cases.csv", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.getvalue()) == (206, content[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(content)}"
    tail = client.get("/open-data/latest/cases.csv", headers={"range": "bytes=-5", "if-range": tag})
    assert (tail.status_code, tail.getvalue()) == (206, content[-5:])
    changed = client.get("/open-data/latest/cases.csv", headers={"range": "bytes=0-4", "if-range": '"other"'})
    assert (changed.status_code, changed.getvalue()) == (200, content)
    beyond = client.get("/open-data/latest/cases.csv", headers={"range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert client.get(f"/open-data/{folder.name}/cases.csv").getvalue() == content


@pytest.mark.parametrize(
    "path", ["latest/manifest.json", "latest/..", "latest/nothing.csv", "20200101T000000Z/cases.csv"]
)
def test_nothing_but_the_editions_own_files_is_given(client: Client, folder: Path, path: str) -> None:
    assert client.get(f"/open-data/{path}").status_code == 404


def test_parts_by_themselves() -> None:
    assert (
        part_of("bytes=0-0", 10) == (0, 0) and part_of("bytes=5-", 10) == (5, 9) and part_of("bytes=-3", 10) == (7, 9)
    )
    assert part_of("bytes=0-99", 10) == (0, 9) and part_of("", 10) is None and part_of("bytes=1-2,4-5", 10) is None
    first, last = part_of("bytes=10-", 10) or (0, 0)
    assert first > last and part_of("bytes=-", 10) is None and part_of("bytes=5-4", 10) is None
