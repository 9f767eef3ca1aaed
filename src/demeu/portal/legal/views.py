"""The public offer, the notice on personal data and the consent text, each version under its own address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.portal.legal import queries
from demeu.portal.ui.wording import language


@require_safe
def show(request: HttpRequest, kind: str, version: str | None = None) -> HttpResponse:
    """A text in the reader's language, with links to its other versions."""
    text = queries.text(kind, language(), version)
    shown = {
        "text": text,
        "versions": queries.versions(kind),
        "in_force": text.version == queries.current_version(kind),
    }
    return render(request, "legal/text.html", shown)
