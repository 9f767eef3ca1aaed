"""News as RSS 2.0 and Atom: newly published and completed cases, in the reader's language. Public texts only."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from demeu.contracts.words import NeedGroup
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue.cards import words_in
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.regions import REGIONS, region_name
from demeu.portal.ui.wording import language

NEWEST = 30
FORMS: dict[str, type[Rss201rev2Feed] | type[Atom1Feed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


def _new() -> tuple[QuerySet[Any], str]:
    return public_cases().filter(state=CaseState.PUBLISHED), "published_at"


def _completed() -> tuple[QuerySet[Any], str]:
    return public_cases().filter(state=CaseState.COMPLETED, completed_at__isnull=False), "completed_at"


FEEDS: dict[str, tuple[str | Promise, Callable[[], tuple[QuerySet[Any], str]]]] = {
    "cases": (_("New cases"), _new),
    "completed": (_("Completed cases"), _completed),
}


@require_safe
def feed(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """`/feeds/<cases|completed>.<rss|atom>`; `group` and `region` narrow it, an unknown value finds nothing."""
    if name not in FEEDS or form not in FORMS:
        raise Http404(name)
    title, rows_of = FEEDS[name]
    rows, at = rows_of()
    group, region = request.GET.get("group", ""), request.GET.get("region", "")
    if group:
        rows = rows.filter(group=group) if group in list(NeedGroup) else rows.none()
    if region:
        rows = rows.filter(region_kato__startswith=region) if region in REGIONS else rows.none()
    made = FORMS[form](
        title=str(title),
        link=_address(reverse("catalogue:list")),
        description=str(_("Demeu: cases without names, each tenge in sight")),
        language=language(),
        feed_url=_address(request.get_full_path()),
    )
    for row in rows.order_by(f"-{at}")[:NEWEST]:
        _add(made, row, getattr(row, at))
    answer = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _add(made: Rss201rev2Feed | Atom1Feed, row: Any, at: Any) -> None:
    made.add_item(
        title=words_in(row, "title"),
        link=_address(reverse("catalogue:case", args=[row.number])),
        description=words_in(row, "story"),
        unique_id=f"urn:uuid:{row.id}",
        unique_id_is_permalink=False,
        categories=[str(name_of(row.group)), region_name(row.region_kato)],
        pubdate=at,
        updateddate=at,
    )


def _address(path: str) -> str:
    return f"{settings.DEMEU_PORTAL_PUBLIC_URL.rstrip('/')}{path}"
