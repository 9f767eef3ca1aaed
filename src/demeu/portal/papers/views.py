"""The page that checks receipts, and a donor's own papers."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demeu.portal.papers import asking
from demeu.portal.papers import verify_file as built
from demeu.portal.ui.assets import DIST


@require_safe
def verify_file(request: HttpRequest) -> HttpResponse:
    """`/verify.html`: one file for the disk or the browser; `?save=1` downloads it. Works without the treasury too."""
    page = built.read_built(Path(getattr(settings, "DEMEU_WEB_DIST", DIST)))
    if page is None:
        raise Http404
    keys = asking.log_keys()
    if keys is not None:
        page = built.with_keys(page, key=keys.key, witnesses=keys.witnesses)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = built.policy_of(page)
    response["Cache-Control"] = "no-cache"
    if request.GET.get("save"):
        response["Content-Disposition"] = 'attachment; filename="verify.html"'
    return response
