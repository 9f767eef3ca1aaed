"""The frame of the curator's and the volunteer's desks: the common list, with the number of what waits."""

from typing import Any

from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.rules import Actor


def frame(actor: Actor, now: str, waiting: int | None = None) -> dict[str, Any]:
    """What `ui/desk.html` takes; `now` is the page's URL name, `waiting` the length of its queue."""
    items = desk_items(actor, now)
    for item in items:
        if item["now"]:
            item["count"] = waiting
    return {"desk_items": items, "desk_name": desk_name(actor)}
