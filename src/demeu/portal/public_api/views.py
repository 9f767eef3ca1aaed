"""The page about the API, made from its own document."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from demeu.kernel.errors import not_found
from demeu.portal.partners.rules import WINDOW_S
from demeu.portal.public_api.api import api
from demeu.portal.public_api.problems import problem
from demeu.portal.public_api.wording import ENDPOINTS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """`/developers/`"""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    shown = {
        "endpoints": list(_endpoints(document)),
        "address": f"{settings.DEMEU_PORTAL_PUBLIC_URL}/api/v1/",
        "document": "/api/v1/openapi.json",
        "guest_limit": settings.DEMEU_PORTAL_API_GUEST_PER_MINUTE,
        "key_limit": settings.DEMEU_PORTAL_API_KEY_PER_MINUTE,
        "window_s": WINDOW_S,
    }
    return render(request, "public_api/about.html", shown)


def _endpoints(document: Any) -> Any:
    """Each endpoint with its words, parameters and answers, as the page shows it."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            good = next(status for status in sorted(map(int, told["responses"])) if status < 400)
            yield {
                "id": told["operationId"],
                "method": method.upper(),
                "path": path,
                "words": ENDPOINTS[told["operationId"]],
                "needs_key": bool(told.get("security")),
                "parameters": [one for one in told["parameters"] if one["in"] != "path"],
                "answer": _name(told["responses"][good]),
            }


def _name(answer: Any) -> str:
    reference: str = answer["content"]["application/json"]["schema"].get("$ref", "")
    title: str = answer["content"]["application/json"]["schema"].get("title", "")
    return reference.rpartition("/")[2] or title


@csrf_exempt
def unknown_path(request: HttpRequest) -> HttpResponse:
    """Any other address under /api/v1: a problem, never a page."""
    return problem(request, not_found("api.unknown_path", see=reverse("public-api:about")))
