"""The log's static files over HTTP. Any web server may serve the folder in this view's place."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demeu.treasury.proofs.publishing import log_folder

TILE = re.compile(r"tile/(?:entries|\d)/(?:x\d{3}/)*\d{3}(?:\.p/\d{1,3})?")


@require_safe
def log_file(request: HttpRequest, path: str) -> HttpResponse:
    """A checkpoint, the key, a tile or an entry bundle; nothing else of the folder."""
    if path not in ("checkpoint", "key") and not TILE.fullmatch(path):
        raise Http404
    try:
        content = (log_folder() / path).read_bytes()
    except OSError:
        raise Http404 from None
    kind = "text/plain; charset=utf-8" if path in ("checkpoint", "key") else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    still = path.startswith("tile/")
    response["Cache-Control"] = "public, max-age=31536000, immutable" if still else "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
