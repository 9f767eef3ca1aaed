"""The money journal. Says plainly when it does not answer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.portal.catalogue import ledger
from demeu.portal.catalogue.cards import movements


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """`/log/`: the last movements, the head of the log, how to check it."""
    platform = ledger.platform()
    shown = {
        "platform": platform,
        "movements": movements(platform.last_steps) if platform else [],
        "log_address": f"{settings.DEMEU_ADDRESSES['treasury']}/log",
    }
    return render(request, "catalogue/journal.html", shown)
