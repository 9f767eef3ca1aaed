"""The page of open data with its files, the dictionary, the map of the site, robots."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from pydantic import BaseModel

from demeu.kernel.errors import not_found
from demeu.portal.open_data import sitemap
from demeu.portal.open_data.dictionary import entries
from demeu.portal.open_data.editions import LATEST, edition, kept
from demeu.portal.open_data.publisher import LICENCE_TITLE, LICENCE_URL
from demeu.portal.open_data.rows import TABLES
from demeu.portal.open_data.serving import give
from demeu.portal.open_data.wording import FILES
from demeu.portal.public_api.schemas import PUBLISHED
from demeu.portal.ui.sheets import Cell, csv_file
from demeu.portal.ui.wording import language

LANGS = ("kk", "ru", "en")
FRESH_S, OLD_FRESH_S = 300, 86_400
XML = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/open-data/`"""
    newest = edition()
    shown = {
        "edition": newest,
        "files": [{"file": one, "words": FILES.get(one.name, "")} for one in newest.files] if newest else [],
        "older": [name for name in kept() if not newest or name != newest.name],
        "licence": LICENCE_TITLE,
        "licence_url": LICENCE_URL,
    }
    return render(request, "open_data/index.html", shown)


@require_safe
def file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """`/open-data/<edition or latest>/<file>`"""
    found = edition("" if name == LATEST else name)
    wanted = found.file(file) if found else None
    if found is None or wanted is None:
        raise not_found("open_data.unknown_file")
    return give(request, found, wanted, fresh_s=FRESH_S if name == LATEST else OLD_FRESH_S)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the standing pages and the chunks of cases."""
    url = settings.DEMEU_PORTAL_PUBLIC_URL
    places = [reverse("open-data:sitemap-pages")]
    places += [reverse("open-data:sitemap-cases", args=[first]) for first in sitemap.chunks()]
    shown = {"addresses": [f"{url}{place}" for place in places]}
    return render(request, "open_data/sitemap_index.xml", shown, content_type=XML)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """`/sitemap-pages.xml`"""
    rows = [(f"{settings.DEMEU_PORTAL_PUBLIC_URL}{place}", None) for place in sitemap.pages()]
    return HttpResponse(sitemap.document(rows), content_type=XML)


@require_safe
def sitemap_cases(request: HttpRequest, first: str) -> HttpResponse:
    """`/sitemap-cases-<number>.xml`: a chunk of cases from one number on."""
    url = settings.DEMEU_PORTAL_PUBLIC_URL
    rows = [(f"{url}/cases/{number}/", at) for number, at in sitemap.cases_from(first)]
    if not rows:
        raise not_found("page.unknown")
    return HttpResponse(sitemap.document(rows), content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`"""
    shown = {"sitemap": f"{settings.DEMEU_PORTAL_PUBLIC_URL}{reverse('open-data:sitemap')}"}
    return render(request, "open_data/robots.txt", shown, content_type="text/plain; charset=utf-8")


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """`/data-dictionary/`: every field with its meaning in the reader's language."""
    files: tuple[type[BaseModel], ...] = tuple(TABLES.values())
    models: tuple[type[BaseModel], ...] = (*PUBLISHED, *files)
    shown = {
        "models": [
            {"name": model.__name__, "is_file": model in files, "rows": list(entries([model], language()))}
            for model in models
        ]
    }
    return render(request, "open_data/dictionary.html", shown)


@require_safe
def dictionary_csv(request: HttpRequest) -> HttpResponse:
    """`/data-dictionary.csv`: the same in all three languages."""
    models: list[type[BaseModel]] = [*PUBLISHED, *TABLES.values()]
    told = [list(entries(models, lang)) for lang in LANGS]
    rows: list[list[Cell]] = [["model", "field", "type", "may_be_empty", *(f"meaning_{lang}" for lang in LANGS)]]
    for same in zip(*told, strict=True):
        one = same[0]
        empty = "yes" if one.may_be_empty else "no"
        rows.append([one.model, one.field, one.type, empty, *(other.meaning for other in same)])
    return csv_file(rows, "demeu-data-dictionary.csv")
