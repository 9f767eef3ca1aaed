"""`{% notices_bell %}` with the number of unread messages, `{% notices_figures %}` with promptness in one row."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from demeu.portal.accounts.rules import GUEST
from demeu.portal.notices import asking
from demeu.portal.notices.figures import promptness

register = template.Library()


@register.inclusion_tag("notices/parts/bell.html", takes_context=True)
def notices_bell(context: Context) -> dict[str, Any]:
    """A link to the messages; without a number when all are read or vault is away."""
    request: HttpRequest | None = context.get("request")
    actor = getattr(request, "actor", GUEST)
    here = bool(request and request.path.startswith("/my/notices/"))
    return {"signed_in": actor.person is not None, "unread": asking.unread(actor), "here": here}


@register.inclusion_tag("notices/parts/figures.html")
def notices_figures() -> dict[str, Any]:
    """Promptness of the last days, nothing while vault is away."""
    found = asking.figures()
    return {"figures": promptness(found) if found else []}
