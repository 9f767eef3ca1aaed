"""A small country of published cases, and where the schemas of others lie."""

import os
from datetime import UTC, datetime
from pathlib import Path

from demeu.portal.cases.models import Case, CaseUpdate
from demeu.portal.catalogue.actions import open_figures
from demeu.portal.catalogue.models import CaseFigures
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.wishes.queries import asked_items

MADE_AT = datetime(2026, 11, 22, 20, 5, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[5]


def schemas() -> Path:
    """The folder with the schemas of IATI and 360Giving, which are not part of the project."""
    named = os.environ.get("DEMEU_CONFORMANCE")
    folder = (Path(named) if named else ROOT.parent / "shared" / "conformance") / "schemas"
    assert folder.is_dir(), f"{folder} is missing: name the folder of schemas in DEMEU_CONFORMANCE"
    return folder


def case(number: str, *, group: str = "children_youth", region: str = "350000000", state: str = "published") -> Case:
    """A published case with texts, figures and, when it is funded, half of its money paid."""
    row = published_case(number)
    texts = {f"title_{lang}": f"Көмек «{number}» & <{lang}>" for lang in ("kk", "ru", "en")}
    Case.objects.filter(id=row.id).update(
        group=group, region_kato=region, state=state, story_ru="=1+1; семье нужна одежда", district_kato="351010000",
        attributes=["single_parent"], **texts,
    )  # fmt: skip
    amounts = list(asked_items(row.id).values_list("id", "amount_tiyn"))
    open_figures(case=row.id, amounts_tiyn=amounts, at=MADE_AT)
    if state != "published":
        needed = amounts[0][1]
        CaseFigures.objects.filter(case=row.id).update(held_tiyn=needed - needed // 2, paid_tiyn=needed // 2, gifts=3)
        CaseUpdate.objects.create(case=row, at=MADE_AT, code="case_funded")
    return row


def country() -> list[Case]:
    """Twelve cases of children in one region, two funded; three of older people in three regions."""
    rows = [case(f"26-3{place:04}", state="funded" if place < 2 else "published") for place in range(12)]
    places = ("750000000", "710000000", "000000000")
    return rows + [case(f"26-4{place:04}", group="older_people", region=region) for place, region in enumerate(places)]
