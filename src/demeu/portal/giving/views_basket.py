"""Several cases at once: the basket, one form for all of them, and the page that leads through the payments.

What is chosen stands in the visitor's own cookie until it is given; nothing is kept of a guest before that.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request, language
from demeu.portal.giving import actions
from demeu.portal.giving.basket import CASES_MAX, COOKIE, COOKIE_S, Line, lines_posted, numbers_in, with_number
from demeu.portal.giving.forms import GiftForm
from demeu.portal.giving.offering import amount_page
from demeu.portal.giving.origin import origin_of
from demeu.portal.giving.queries import Target, basket_of, cases_by_id, found_target, intents_of
from demeu.portal.giving.rules import IntentState, Wanted
from demeu.portal.giving.showing import title_of
from demeu.portal.giving.wording import INTENT_TEXTS, STEPS
from demeu.portal.legal.queries import current_version
from demeu.portal.ui.refusals import text_of

SHARED = ("anonymous", "gateway", "offer", "offer_version", "currency")
MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.TOO_LATE, Kind.NOT_FOUND)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """POST /give/basket/put/: `out` is taken out. Back to the basket."""
    numbers = with_number(numbers_in(request.COOKIES.get(COOKIE, "")), out=request.POST.get("out", ""))
    response = redirect("giving:basket")
    return _remembered(response, numbers)


def _remembered(response: HttpResponse, numbers: list[str]) -> HttpResponse:
    response.set_cookie(COOKIE, ".".join(numbers), max_age=COOKIE_S, samesite="Lax", httponly=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """`/give/basket/`, `?case=` puts one in. POST: `basket`, for each case `case`, `gift`, `amount`; the rest once."""
    if request.method == "POST":
        return _begin(request)
    numbers = with_number(numbers_in(request.COOKIES.get(COOKIE, "")), put=request.GET.get("case", ""))
    lines = [Line(number, str(new_id()), "") for number in numbers]
    return _remembered(render(request, "giving/basket.html", _page(lines, str(new_id()))), numbers)


def _page(lines: list[Line], basket_id: str, form: GiftForm | None = None) -> dict[str, Any]:
    rows = [(line, target) for line in lines if (target := _target(line.number))]
    open_rows = [{"line": line, **amount_page(target)} for line, target in rows if target.is_open]
    shared = amount_page(Target(Wanted("fund", "1")), form)
    return {
        "rows": open_rows,
        "gone": [target.case for _line, target in rows if not target.is_open],
        "basket": basket_id,
        "fields": shared["fields"],
        "form": form,
        "anonymous": shared["anonymous"],
        "offer_taken": shared["offer_taken"],
        "offer_version": current_version("offer"),
        "gateways": shared["gateways"],
        "steps": STEPS,
        "most": CASES_MAX,
    }


def _target(number: str) -> Target | None:
    try:
        return found_target(Wanted("case", number))
    except Refusal:
        return None


def _begin(request: HttpRequest) -> HttpResponse:
    """All gifts of the basket or none: a line that cannot be begun leaves the page as it was typed, with the reason."""
    lines, actor = lines_posted(request.POST), actor_of_request(request)
    shared = {name: str(request.POST.get(name, "")) for name in SHARED}
    forms = [GiftForm({**shared, "gift": line.gift, "amount": line.amount, "fallback": "same_group"}) for line in lines]
    valid = [form.is_valid() for form in forms]
    for line, form in zip(lines, forms, strict=True):
        line.problem = " ".join(str(text) for text in form.errors.get("amount", []))
    problems = GiftForm({**shared, "gift": str(new_id()), "amount": "1000", "fallback": "same_group"})
    problems.is_valid()
    basket_id = _uuid(request.POST.get("basket", ""))
    if not lines or basket_id is None or not all(valid):
        shown = _page(lines, str(basket_id or new_id()), problems)
        return render(request, "giving/basket.html", shown, status=422)
    gifts = [{**form.cleaned_data, "number": line.number} for line, form in zip(lines, forms, strict=True)]
    try:
        actions.begin_basket(
            basket=basket_id, gifts=gifts, origin=origin_of(request), donor=actor.person, lang=language(), by=actor.name
        )
    except Refusal as refusal:
        if refusal.kind not in MISTAKES:
            raise
        problems.add_error(None, text_of(refusal))
        fresh = [Line(line.number, str(new_id()), line.amount) for line in lines]
        return render(request, "giving/basket.html", _page(fresh, str(new_id()), problems), status=refusal.status)
    return _remembered(redirect("giving:basket-gifts", basket=basket_id), [])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
def basket_gifts(request: HttpRequest, basket: UUID) -> HttpResponse:
    """`/give/basket/<id>/`: every gift of the basket, where it stands, and the next payment. From a bookmark too."""
    gifts = intents_of(basket_of(basket))
    cases = cases_by_id([gift.case for gift in gifts if gift.case])
    waiting = next((gift for gift in gifts if gift.state == IntentState.STARTED), None)
    rows = [
        {
            "gift": gift,
            "state": INTENT_TEXTS.get(gift.state, gift.state),
            "title": title_of(cases[gift.case], language()) if gift.case in cases else _("A case that is closed now"),
        }
        for gift in gifts
    ]
    shown = {
        "rows": rows,
        "total_tiyn": sum(gift.amount_tiyn for gift in gifts),
        "next": waiting,
        "paid": sum(gift.state == IntentState.RECEIVED for gift in gifts),
        "steps": STEPS,
        "step": 3 if waiting is None else 2,
        "address": request.build_absolute_uri(),
        "again": f"{reverse('giving:give')}?{urlencode({'fund': 1})}",
    }
    response = render(request, "giving/basket_gifts.html", shown)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
