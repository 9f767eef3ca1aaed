"""Writes the files of one edition into a folder: tables, their description, grants, activities, sums of control."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TextIO

from django.db import transaction
from pydantic import BaseModel

from demeu.contracts.words import NeedGroup
from demeu.kernel.operations import Message
from demeu.portal.open_data import activities, grants, queries, rows
from demeu.portal.open_data.editions import described
from demeu.portal.open_data.frictionless_package import package
from demeu.portal.open_data.publisher import Publisher, publisher
from demeu.portal.public_api import showing
from demeu.portal.public_api.categories import categories, in_three
from demeu.portal.public_api.figures import guarded_sums
from demeu.portal.public_api.wording import REST_OF_REGIONS
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.sheets import Cell, csv_lines

PACKAGE, GRANTS, ACTIVITIES, ARCHIVE, SUMS = (
    "datapackage.json", "360giving.json", "iati-activities.xml", "demeu-open-data.zip", "SHA256SUMS",
)  # fmt: skip


@transaction.atomic
def write_files(folder: Path, made_at: datetime) -> dict[str, int | None]:
    """Write everything as it stands at one moment of the database; file → rows (None where nothing is counted)."""
    owner = publisher()
    counted: dict[str, int | None] = dict(_cases_items_grants(folder, made_at, owner))
    figures = [rows.figure_row(by, one) for by in ("group", "region") for one in guarded_sums(by)]
    counted["figures.csv"] = _table(folder, "figures", figures)
    counted["regions.csv"] = _table(
        folder, "regions", (rows.named_row(rows.RegionRow, one) for one in showing.regions())
    )
    words = (rows.named_row(rows.CategoryRow, one) for one in categories())
    counted["categories.csv"] = _table(folder, "categories", words)
    counted[ACTIVITIES] = _activities(folder, made_at, owner)
    _package(folder, made_at, owner)
    _archive(folder)
    counted |= {PACKAGE: None, ARCHIVE: None}
    _sums(folder, counted)
    return counted | {SUMS: None}


def _cases_items_grants(folder: Path, made_at: datetime, owner: Publisher) -> Iterator[tuple[str, int]]:
    """Cases, their things and the grants among them in one pass. Without a grant there is no file of grants."""
    cases = items = granted = 0
    with ExitStack() as open_files:
        case_file, item_file = (
            open_files.enter_context(_opened(folder / f"{name}.csv")) for name in ("cases", "items")
        )
        grant_file = open_files.enter_context(_opened(folder / GRANTS))
        case_file.writelines(csv_lines([list(rows.CaseRow.model_fields)]))
        item_file.writelines(csv_lines([list(rows.ItemRow.model_fields)]))
        head = json.dumps(grants.package_head(made_at=made_at, publisher=owner), ensure_ascii=False)
        grant_file.write(f'{head[:-1]}, "grants": [')
        for some, things, funded_on in queries.published():
            case_file.writelines(csv_lines(_cells(rows.case_row(case)) for case in some))
            item_file.writelines(csv_lines(_cells(rows.item_row(item)) for item in things))
            cases, items = cases + len(some), items + len(things)
            for case in some:
                if case.stage in grants.GRANTED and case.number in funded_on:
                    told = grants.grant(case, funded_on=funded_on[case.number], publisher=owner)
                    grant_file.write(("," if granted else "") + "\n" + json.dumps(told, ensure_ascii=False))
                    granted += 1
        grant_file.write("\n]}\n")
    yield from (("cases.csv", cases), ("items.csv", items))
    if granted:
        yield GRANTS, granted
    else:
        (folder / GRANTS).unlink()


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _cells(row: BaseModel) -> list[Cell]:
    return [_cell(value) for value in row.__dict__.values()]


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, float):
        return str(value)
    return value if value is None or isinstance(value, str | int) or hasattr(value, "isoformat") else str(value)  # type: ignore[return-value]


def _table(folder: Path, name: str, found: Iterable[Message]) -> int:
    count = 0
    with _opened(folder / f"{name}.csv") as file:
        file.writelines(csv_lines([list(rows.TABLES[name].model_fields)]))
        for row in found:
            file.writelines(csv_lines([_cells(row)]))
            count += 1
    return count


def _activities(folder: Path, made_at: datetime, owner: Publisher) -> int:
    shown = activities.told(queries.cells())
    regions = {one.kato: one.name.model_dump() for one in showing.regions()}
    regions[showing.COUNTRY_KATO] = showing.region_words(showing.region_of("00")).model_dump()
    regions[activities.REST] = in_three(REST_OF_REGIONS).model_dump()
    groups = {str(group): in_three(name_of(group)).model_dump() for group in NeedGroup}
    names = activities.Names(groups, regions)
    content = activities.document(shown, made_at=made_at, publisher=owner, names=names)
    (folder / ACTIVITIES).write_bytes(content)
    return len(shown)


def _package(folder: Path, made_at: datetime, owner: Publisher) -> None:
    files = {}
    for name in rows.TABLES:
        written = described(folder / f"{name}.csv", None)
        files[written.name] = {"bytes": written.bytes, "sha256": written.sha256}
    told = package(rows.TABLES, made_at=made_at, publisher=owner, files=files)
    (folder / PACKAGE).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _archive(folder: Path) -> None:
    """The tables with their description as one file."""
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (PACKAGE, *(f"{table}.csv" for table in rows.TABLES)):
            archive.write(folder / name, name)


def _sums(folder: Path, names: Iterable[str]) -> None:
    lines = [f"{described(folder / name, None).sha256}  {name}\n" for name in sorted(names)]
    (folder / SUMS).write_text("".join(lines))
