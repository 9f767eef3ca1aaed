"""Small pages that other sites may show in a frame: no script, no cookie, no form, nothing of the visitor.

Query: `lang` (kk, ru, en) and `theme` (light, dark). Their own content security policy lets them load the stylesheet
and fonts of the platform only, and lets any site frame them; every other page refuses to be framed.
"""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from demeu.portal.catalogue import ledger
from demeu.portal.statistics import queries
from demeu.portal.statistics.views import FRESH, sums_of_all
from demeu.portal.ui.context import THEMES
from demeu.portal.ui.regions import COUNTRY, REGIONS

LANGUAGES = ("kk", "ru", "en")
WIDGETS = {
    "money": (_("Where the money stands"), 340),
    "cases": (_("Cases in figures"), 260),
    "region": (_("One region"), 400),
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
    "base-uri": ["'none'"],
}


@require_safe
@csp_replace(POLICY)  # type: ignore[arg-type]
def widget(request: HttpRequest, name: str) -> HttpResponse:
    """`/widgets/<money|cases|region>/`; the region's widget takes `region`, two digits of KATO."""
    region = request.GET.get("region", "")
    if name not in WIDGETS or (name == "region") != (region in REGIONS):
        raise Http404(name)
    lang = request.GET.get("lang", "")
    with translation.override(lang if lang in LANGUAGES else "ru"):
        theme = request.GET.get("theme", "")
        facts = _facts(name, region) | {"lang": translation.get_language()}
        facts |= {"theme": theme if theme in THEMES else "", "site": settings.DEMEU_PORTAL_PUBLIC_URL.rstrip("/")}
        answer = HttpResponse(render_to_string(f"statistics/widgets/{name}.html", facts))
    answer["Cache-Control"] = FRESH
    return answer


def _facts(name: str, region: str) -> dict[str, Any]:
    kept = queries.kept()
    lines = queries.summed(kept.tables["money"], "region" if region else "")
    line = lines.get(region) or queries.summed([], "")[""]
    money = queries.money_states(line, goal=True) if region else sums_of_all(ledger.platform(), line)
    return {
        "title": WIDGETS[name][0],
        "line": line,
        "money": money,
        "kept": kept,
        "region": REGIONS.get(region, COUNTRY),
    }


@require_safe
def widgets(request: HttpRequest) -> HttpResponse:
    """`/widgets/`: each widget as it looks, with the words to put on one's own page."""
    lang = translation.get_language() or "ru"
    rows = []
    for name, (title, height) in WIDGETS.items():
        query = f"lang={lang}" + ("&region=75" if name == "region" else "")
        path = f"{reverse('statistics:widget', args=[name])}?{query}"
        address = f"{settings.DEMEU_PORTAL_PUBLIC_URL.rstrip('/')}{path}"
        code = f'<iframe src="{address}" width="100%" height="{height}" loading="lazy" title="{title}"></iframe>'
        rows.append({"name": name, "title": title, "path": path, "height": height, "code": code})
    return render(request, "statistics/widgets.html", {"widgets": rows, "regions": sorted(REGIONS.values())})
