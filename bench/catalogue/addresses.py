"""The portal's addresses and `/bare/`: 20 rows of one indexed query as a list, by the same server."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from demeu.portal.cases.models import Case
from demeu.portal.urls import urlpatterns as portal

PAGE = Engine().from_string(
    "<!doctype html><title>Cases</title><ul>{% for row in rows %}<li><a href='/cases/{{ row.number }}/'>"
    "{{ row.title_ru }}</a> {{ row.region_kato }}</li>{% endfor %}</ul>"
)


def bare(_request: HttpRequest) -> HttpResponse:
    """The newest 20 cases, with nothing around them."""
    rows = Case.objects.filter(state="published").order_by("-published_at").only("number", "title_ru", "region_kato")
    return HttpResponse(PAGE.render(Context({"rows": rows[:20]})))


urlpatterns = [path("bare/", bare), *portal]
