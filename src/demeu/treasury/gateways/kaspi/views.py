"""Where Kaspi asks (GET, check and pay). Only its own networks are answered; nothing else proves who asks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from demeu.kernel.errors import Refusal
from demeu.kernel.logs import logger
from demeu.treasury.gateways.kaspi.actions import answer_check, take_payment
from demeu.treasury.gateways.kaspi.words import Result, asked_of, is_from

log = logger(__name__)


@require_GET
def check_pay(request: HttpRequest) -> HttpResponse:
    """`command=check|pay&txn_id&account&sum[&txn_date]` → JSON; 403 for strangers, result 5 for the unreadable."""
    if not is_from(request.META.get("REMOTE_ADDR", ""), settings.DEMEU_TREASURY_KASPI_NETWORKS):
        log.warning("kaspi.stranger")
        return JsonResponse({"result": int(Result.OTHER)}, status=403)
    try:
        asked = asked_of({name: str(text) for name, text in request.GET.items()})
    except Refusal as refusal:
        return JsonResponse({"result": int(Result.OTHER), "comment": refusal.code})
    return JsonResponse(answer_check(asked=asked) if asked.command == "check" else take_payment(asked=asked))
