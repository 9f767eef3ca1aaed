"""What must always be true of the money, and whether the last hourly check found it so: green or red, for everybody."""

from datetime import timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.treasury import BooksPromises
from demeu.kernel import clock
from demeu.portal.catalogue import ledger, wording
from demeu.portal.ui.sheets import Cell, csv_file

LATE_AFTER = timedelta(hours=2)


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """`/promises/`"""
    found = ledger.promises()
    broken = [one for one in found.promises if one.holds is False] if found else []
    shown = {
        "found": found,
        "broken": [_(one.says) for one in broken],
        "areas": _areas(found) if found else [],
        "late": found and found.checked_at and clock.now() - found.checked_at > LATE_AFTER,
        "days": list(reversed(found.days)) if found else [],
    }
    return render(request, "catalogue/promises.html", shown)


def _areas(found: BooksPromises) -> list[tuple[str, list[tuple[str, bool | None]]]]:
    """Promises by the part of the treasury that keeps them, in words of the visitor's language."""
    by_area = groupby(sorted(found.promises, key=lambda one: one.name), key=lambda one: one.name.partition(".")[0])
    return [(str(wording.AREAS.get(area, area)), [(_(one.says), one.holds) for one in kept]) for area, kept in by_area]


@require_safe
def promises_csv(request: HttpRequest) -> HttpResponse:
    """`/promises.csv`: each promise and whether it holds; empty while treasury does not answer."""
    found = ledger.promises()
    rows: list[list[Cell]] = [["checked_at", "name", "promise", "holds"]]
    if found:
        at = found.checked_at.isoformat() if found.checked_at else ""
        said = {True: "yes", False: "no", None: ""}
        rows += [[at, one.name, one.says, said[one.holds]] for one in found.promises]
    return csv_file(rows, "demeu-promises.csv")
