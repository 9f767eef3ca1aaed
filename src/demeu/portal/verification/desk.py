"""The frame of the curator's and the volunteer's desks: the common list, publication, the number of what waits."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from demeu.contracts.words import Role
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.rules import Actor

REVIEWS, PUBLISH = "verification:reviews", "catalogue:publish-queue"


def frame(actor: Actor, now: str, waiting: int | None = None) -> dict[str, Any]:
    """What `ui/desk.html` takes; `now` is the page's URL name, `waiting` the length of its queue."""
    items = desk_items(actor, now)
    publication = _href(PUBLISH)
    if publication and actor.is_(Role.CURATOR) and all(item["href"] != publication for item in items):
        items.insert(1, {"href": publication, "label": _("Publication"), "count": None, "now": now == PUBLISH})
    for item in items:
        if item["now"]:
            item["count"] = waiting
    return {"desk_items": items, "desk_name": desk_name(actor)}


def _href(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
