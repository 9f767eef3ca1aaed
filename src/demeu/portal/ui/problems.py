"""A Refusal raised while a page is made becomes a page, or a fragment for htmx, in the reader's language.

It never shows a code, a stack or another person's data; anything that is not a Refusal is left to Django.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from demeu.kernel import context
from demeu.kernel.errors import Kind, Refusal, not_found
from demeu.kernel.problems import STORE_AWAY
from demeu.portal.ui.refusals import text_of, title_of


@dataclass(frozen=True)
class ProblemPage:
    """What the problem page shows."""

    title: str
    text: str
    reference: str
    retry: bool


def problem_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page with its own HTTP status; htmx gets only the note."""
    retry = refusal.kind in (Kind.UNAVAILABLE, Kind.TOO_MANY) and request.method == "GET"
    problem = ProblemPage(title_of(refusal), text_of(refusal), context.request_id(), retry)
    name = "ui/problem_fragment.html" if request.headers.get("HX-Request") else "ui/problem.html"
    response = render(request, name, {"problem": problem}, status=refusal.status)
    if refusal.kind in (Kind.UNAVAILABLE, Kind.TOO_MANY):
        response["Retry-After"] = str(refusal.facts.get("retry_after_s", 5))
    return response


class RefusalMiddleware:
    """Catches refusals of page views; operations under /api/ answer for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """An address with a character that no store can hold leads nowhere; the rest is served."""
        if "\0" in request.path:
            return problem_page(request, not_found("page.unknown"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal or for a store that does not answer; None for anything else."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(error, Refusal):
            return problem_page(request, error)
        if isinstance(error, STORE_AWAY):
            return store_away()
        return None


def store_away() -> HttpResponse:
    """The page while the database is away: it needs neither session nor language."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})
