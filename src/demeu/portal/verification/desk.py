"""The frame of every desk: which desks the actor's roles open, and who works here."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import Role
from demeu.portal.accounts.rules import Actor

DESKS = (
    (Role.CURATOR, "verification:reviews", _("Queue")),
    (Role.CURATOR, "catalogue:publish-queue", _("Publication")),
    (Role.VOLUNTEER, "verification:visits", _("Visits")),
    (Role.CURATOR, "payments:deliveries", _("Deliveries")),
    (Role.FINANCE_PREPARER, "payments:payouts", _("Payouts")),
    (Role.FINANCE_APPROVER, "payments:payouts", _("Payouts")),
)


def frame(actor: Actor, now: str, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """`desk_items` and `desk_name` for `ui/desk.html`; `now` and `counts` by URL name."""
    items = []
    for role, name, label in DESKS:
        href = _href(name)
        if href and actor.is_(role):
            items.append({"href": href, "label": label, "count": (counts or {}).get(name), "now": name == now})
    return {"desk_items": items, "desk_name": actor.organization}


def _href(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
