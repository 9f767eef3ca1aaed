"""The phones on the screen: a list, a conversation, a reply form.

Never shows one phone's messages under another's number.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from demeu.kernel.errors import Refusal
from demeu.sandbox.messages import actions, queries
from demeu.sandbox.messages.rules import TEXT_LENGTH_MAX, number_of, spaced


@require_safe
def phones(request: HttpRequest) -> HttpResponse:
    """``/phone/``."""
    rows = [{"number": row.number, "spaced": spaced(row.number), "last": row.last} for row in queries.phones()]
    return render(request, "sandbox_messages/phones.html", {"phones": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """``/phone/<number>/``."""
    if number_of(number) != number:
        return render(request, "sandbox_messages/unknown.html", status=404)
    if request.method != "POST":
        return _conversation(request, number)
    text = request.POST.get("text", "")
    try:
        actions.reply(number=number, text=text)
    except Refusal:
        return _conversation(request, number, typed=text[:TEXT_LENGTH_MAX], status=422)
    return HttpResponseRedirect(reverse("phone", args=[number]) + "#last")


def _conversation(request: HttpRequest, number: str, typed: str = "", status: int = 200) -> HttpResponse:
    context = {
        "spaced": spaced(number),
        "messages": queries.conversation(number),
        "text_length_max": TEXT_LENGTH_MAX,
        "typed": typed,
        "wrong": status != 200,
    }
    response = render(request, "sandbox_messages/phone.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
