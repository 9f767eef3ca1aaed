"""Language switch, static pages and the pages for Django's own errors. Holds no business of any app."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from demeu.kernel.errors import forbidden, not_found
from demeu.portal.ui.problems import problem_page

YEAR_S = 365 * 24 * 60 * 60


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language in a cookie and go back to the page the visitor came from, on this site only."""
    if code not in dict(settings.LANGUAGES):
        raise not_found("language.unknown")
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR_S, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def static_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of words only."""
    return render(request, f"ui/pages/{name}.html")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    return problem_page(request, forbidden("csrf.failed"))
