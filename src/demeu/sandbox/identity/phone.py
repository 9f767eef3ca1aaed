"""The page of the sandbox eGov Mobile: paste the code's link, pick a key, sign. A program may post JSON instead."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from demeu.kernel.errors import Refusal
from demeu.kernel.problems import problem_response
from demeu.sandbox.identity import queries
from demeu.sandbox.identity.egov_mobile import Asked, sign_by_link


@csrf_exempt
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST signs what the link asks for with the key (its id, an IIN or a label of the cast)."""
    found: Asked | None = None
    problem = ""
    if request.method == "POST":
        as_json = request.content_type == "application/json"
        try:
            order = json.loads(request.body) if as_json else request.POST
            found = sign_by_link(link=str(order.get("link", "")), reference=str(order.get("key", "")))
        except (ValueError, AttributeError):
            return JsonResponse({"code": "egov.bad_link"}, status=400)
        except Refusal as refusal:
            if as_json:
                return problem_response(refusal)
            problem = refusal.code
        if as_json and found is not None:
            return JsonResponse({"organisation": found.organisation, "bin": found.bin, "documents": found.documents})
    shown = {"keys": queries.people_keys(), "found": found, "problem": problem, "link": request.GET.get("link", "")}
    return render(request, "identity/egov_mobile.html", shown)
