"""Load the demo country's roles and published cases from JSON on standard input; loading again changes nothing."""

import json
import sys
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from demeu.contracts.words import Role
from demeu.portal.accounts.actions import give_role
from demeu.portal.cases.importing import import_case
from demeu.portal.catalogue.actions import open_figures
from demeu.portal.catalogue.shelf.keeping import keep_shelf
from demeu.portal.school_checks.importing import import_checks
from demeu.portal.wishes.importing import import_item

BY = "operator:demo"
COPIED = (
    "number", "group", "subgroup", "household_type", "age_band", "attributes", "urgency", "region_kato", "category",
    "curator", "volunteer", "verified_by", "visited_on",
)  # fmt: skip


class Command(BaseCommand):
    """`load_demo < country.json` with `roles`, `cases`, `school_checks`; figures of money arrive by events."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything, then give roles and take the cases over."""
        country = json.load(sys.stdin)
        for row in country["roles"]:
            give_role(
                person=UUID(row["person"]),
                role=Role(row["role"]),
                by=BY,
                regions=row["regions"],
                organization=row["organization"],
            )
        for row in country["cases"]:
            _load_case(row)
        keep_shelf()
        import_checks(country["school_checks"], by=BY)


def _load_case(row: dict[str, Any]) -> None:
    case, opened = UUID(row["case"]), datetime.fromisoformat(row["opened_at"])
    texts = {f"{part}_{lang}": row["texts"][lang][part] for lang in row["texts"] for part in ("title", "story")}
    import_case(
        case=case,
        person=case,
        published_at=opened,
        updates=[(opened - timedelta(days=2), "visited"), (opened, "published")],
        by=BY,
        **{name: row[name] for name in COPIED},
        **texts,
    )
    for item in row["items"]:
        import_item(
            item=UUID(item["item"]),
            case=case,
            code=item["code"],
            quantity=item["quantity"],
            unit_price_tiyn=item["unit_price_tiyn"],
            position=item["position"],
            at=opened,
            by=BY,
        )
    amounts = [(UUID(item["item"]), item["amount_tiyn"]) for item in row["items"]]
    open_figures(case=case, amounts_tiyn=amounts, at=opened)
