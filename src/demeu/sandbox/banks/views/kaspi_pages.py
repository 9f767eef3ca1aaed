"""The Kaspi app as a page: it asks the merchant (check), shows the sum, and tells the merchant of a payment (pay)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from demeu.kernel.errors import Refusal, not_found
from demeu.kernel.money import format_tenge
from demeu.sandbox.banks.actions import kaspi
from demeu.sandbox.banks.rules.epay_states import Status, is_invoice
from demeu.sandbox.banks.views.edges import text_in
from demeu.sandbox.banks.views.epay_pages import origin, see

LANGUAGES = ("kk", "ru", "en")


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """``/kaspi/pay/?account=…&back=…``: GET asks and shows, POST pays (button ``pay``) or leaves (``leave``)."""
    given = request.POST if request.method == "POST" else request.GET
    account, back, lang = (text_in(given, name, 400) for name in ("account", "back", "lang"))
    lang = lang if lang in LANGUAGES else "ru"
    back = back if origin(back) else ""
    try:
        if not is_invoice(account):
            raise not_found("epay.order")
        if request.method == "POST" and "pay" not in request.POST:
            return see(back) if back else HttpResponse(status=204)
        paying = request.method == "POST"
        order = kaspi.pay(invoice_id=account) if paying else kaspi.open_order(account=account, back=back)
    except Refusal as refusal:
        with translation.override(lang):
            return render(request, "sandbox_banks/refused.html", {"code": refusal.code}, status=refusal.status)
    if order.status == Status.CHARGE and request.method == "POST" and back:
        return see(back)
    shown = {"order": order, "amount": format_tenge(order.amount_tiyn, lang), "back": back, "lang": lang}
    with translation.override(lang):
        response = render(request, "sandbox_banks/kaspi.html", {**shown, "state": order.status})
    response._csp_update = {"form-action": [origin(back)]} if back else {}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response
