"""Pages that the payer's browser sees at the gateway. They work without JavaScript.

Never shows a full card number again after it was sent.
"""

import json
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from demeu.kernel.errors import Refusal
from demeu.kernel.money import format_tenge
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions import cards, tiptop, tokens
from demeu.sandbox.banks.forms import TEST_CARDS, CardForm, filled
from demeu.sandbox.banks.models import Order
from demeu.sandbox.banks.rules.cards import SECURE_CODE
from demeu.sandbox.banks.rules.epay_states import Status
from demeu.sandbox.banks.rules.gateways import GATEWAYS
from demeu.sandbox.banks.views.edges import text_in

_LANGUAGES = {"rus": "ru", "kaz": "kk", "eng": "en"}


@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """``payment-api.js``: the widget's address stays the operator's; the file is static."""
    return HttpResponseRedirect(static("sandbox/payment-api.js"))


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """``POST /epay/payform/``: where the widget's form (or a plain one) brings the payer."""
    form = request.POST
    names = ("postLink", "failurePostLink", "backLink", "failureBackLink")
    wish = tokens.Wish(
        invoice_id=text_in(form, "invoiceId", 40),
        amount=form.get("amount", ""),
        terminal=text_in(form, "terminal"),
        currency=text_in(form, "currency"),
        links=tokens.Links(*(text_in(form, name, 2000) for name in names)),
        language=text_in(form, "language"),
        description=text_in(form, "description", 255),
        account_id=text_in(form, "accountId", 64),
        save_card=form.get("cardSave") == "true",
    )
    try:
        order = tokens.open_page(token=_access_token(form.get("auth", "")), wish=wish)
    except Refusal as refusal:
        return render(request, "sandbox_banks/refused.html", {"code": refusal.code}, status=refusal.status)
    return see(reverse("epay-page", args=[order.page]))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, page: UUID) -> HttpResponse:
    """The card form of one order."""
    try:
        order = queries.order_of_page(page)
    except Refusal as refusal:
        return render(request, "sandbox_banks/refused.html", {"code": refusal.code}, status=404)
    if order.status != Status.NEW:
        return _outcome(request, order)
    if request.method != "POST":
        return _card_page(request, order, CardForm())
    if "fill" in request.POST:
        return _card_page(request, order, filled(request.POST["fill"]))
    with _language_of(order):
        form = CardForm(request.POST)
        well_formed = form.is_valid()
    if not well_formed:
        return _card_page(request, order, form, 422)
    if order.gateway == "tiptop" and not tiptop.may_pay(order):
        return render(request, "sandbox_banks/refused.html", {"code": "tiptop.check"}, status=409)
    given = form.cleaned_data
    order = cards.pay(page=page, card=given["card"], name=given["name"], address=request.META.get("REMOTE_ADDR"))
    return _leave(order)


@require_http_methods(["GET", "HEAD", "POST"])
def secure(request: HttpRequest, page: UUID) -> HttpResponse:
    """The 3-D Secure page of one order."""
    try:
        order = queries.order_of_page(page)
    except Refusal as refusal:
        return render(request, "sandbox_banks/refused.html", {"code": refusal.code}, status=404)
    if order.status != Status.NEW:
        return _outcome(request, order)
    if not order.secure3d:
        return see(_address(order))
    if request.method == "POST":
        return _leave(cards.confirm_code(page=page, code=text_in(request.POST, "code", 20)))
    return _show(request, order, "secure.html", {"code": SECURE_CODE})


def _access_token(auth: str) -> str:
    """The token itself, or the token answer in JSON that the widget passes on."""
    if not auth.startswith("{"):
        return auth[:64]
    try:
        return str(json.loads(auth)["access_token"])[:64]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _card_page(request: HttpRequest, order: Order, form: CardForm, status: int = 200) -> HttpResponse:
    return _show(request, order, "pay.html", {"form": form, "test_cards": TEST_CARDS}, status)


def _outcome(request: HttpRequest, order: Order) -> HttpResponse:
    good = order.status != Status.FAILED
    return _show(request, order, "outcome.html", {"good": good, "link": _link_after(order)})


def _leave(order: Order) -> HttpResponse:
    if order.status == Status.NEW:
        return see(reverse(f"{order.gateway}-secure", args=[order.page]))
    return see(_link_after(order) or _address(order))


def _address(order: Order) -> str:
    return reverse(f"{order.gateway}-page", args=[order.page])


def _link_after(order: Order) -> str:
    return order.failure_back_link if order.status == Status.FAILED else order.back_link


def _show(
    request: HttpRequest, order: Order, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    language = translation.get_language() if order.language not in _LANGUAGES else _LANGUAGES[order.language]
    with _language_of(order):
        shown = {
            "order": order,
            "brand": GATEWAYS[order.gateway].brand,
            "merchant": settings.DEMEU_SANDBOX_EPAY_MERCHANT,
            "amount": format_tenge(order.amount_tiyn, language or "ru"),
            "cancel_link": order.failure_back_link,
            **context,
        }
        response = render(request, f"sandbox_banks/{template}", shown, status=status)
    origins = {origin(link) for link in (order.back_link, order.failure_back_link) if link}
    response._csp_update = {"form-action": sorted(origins)} if origins else {}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


def _language_of(order: Order) -> translation.override:
    return translation.override(_LANGUAGES.get(order.language, "ru"))


def origin(link: str) -> str:
    """Scheme and host of an http(s) link; empty for anything else."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def see(address: str) -> HttpResponse:
    """303 to an address."""
    response = HttpResponse(status=303)
    response["Location"] = address
    return response
