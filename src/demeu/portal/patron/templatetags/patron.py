"""Tags of donors' pages: the button that follows a case, the tabs of a donor's places."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from demeu.portal.accounts.rules import GUEST
from demeu.portal.patron.queries import follows
from demeu.portal.patron.showing import tabs

register = template.Library()


@register.inclusion_tag("patron/parts/follow.html", takes_context=True)
def follow_button(context: Context, case: Any) -> dict[str, Any]:
    """«Follow this case» for a public case; a guest is led to sign in and back. One small query when signed in."""
    request: HttpRequest = context["request"]
    actor = getattr(request, "actor", GUEST)
    return {
        "signed_in": actor.person is not None,
        "followed": actor.person is not None and follows(actor.person, case.id),
        "number": case.number,
        "next": request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def patron_tabs(context: Context) -> list[dict[str, Any]]:
    """The places of a donor, for `<c-tabs>`, on pages of other apps."""
    return tabs(context["request"].path)
