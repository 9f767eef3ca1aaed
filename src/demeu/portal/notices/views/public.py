"""Pages for anybody: is this message yours, stop these letters, how prompt are your messages.

The check takes a code and where the message came to; neither is kept or logged here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from demeu.kernel.errors import Kind, Refusal
from demeu.portal.accounts.entrance import language
from demeu.portal.notices import asking
from demeu.portal.notices.figures import promptness
from demeu.portal.notices.forms import CheckForm
from demeu.portal.notices.wording import KINDS


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """`/notices/check/`: fields `check` and `reached`; the answer says whether we sent such a message there."""
    form = CheckForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "notices/check.html", {"form": form}, status=422 if form.errors else 200)
    try:
        found = asking.checked(form.cleaned_data["check"], form.cleaned_data["reached"], language())
    except Refusal as refusal:
        if refusal.kind is not Kind.UNAVAILABLE:
            raise
        return render(request, "notices/check.html", {"form": form, "away": True}, status=503)
    kind = KINDS[found.kind] if found.kind else ""
    return render(request, "notices/check.html", {"form": form, "found": found, "kind": kind})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """`/notices/stop/<token>/`: the way to stop that a letter names; a mail program posts here by itself (RFC 8058).

    Opening it changes nothing: scanners of mail open every link.
    """
    kind = asking.stop(token) if request.method == "POST" else None
    return render(request, "notices/stop.html", {"kind": KINDS[kind] if kind else ""})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`/notices/figures/`: how promptly messages are handed over."""
    found = asking.figures()
    shown = {"figures": promptness(found) if found else [], "since": found.since if found else None, "away": not found}
    return render(request, "notices/figures.html", shown)
