"""The places of a cabinet, and the desks that a person's roles open."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import Role
from demeu.portal.accounts.rules import Actor

PLACES = (
    ("cabinets:home", _("Overview"), "home"),
    ("cabinets:applications", _("Applications"), "heart"),
    ("giving:mine", _("My gifts"), "gift"),
    ("cabinets:consents", _("Consents"), "lock"),
    ("cabinets:access", _("Who looked"), "eye"),
    ("cabinets:details", _("About me"), "user"),
)

DESKS = (
    (Role.CURATOR, "verification:reviews", _("Review applications"), _("Facts, category, visits, publication")),
    (Role.VOLUNTEER, "verification:visits", _("Visits"), _("Families to visit and acts to sign")),
    (Role.AKIMAT, "cases:apply-for-other", _("Apply for another person"), _("They agree by a code from an SMS")),
    (Role.FINANCE_PREPARER, "payments:payouts", _("Prepare payouts"), _("Invoices of suppliers for funded items")),
    (Role.FINANCE_APPROVER, "payments:payouts", _("Approve payouts"), _("The second pair of eyes")),
    (Role.CURATOR, "payments:deliveries", _("Deliveries"), _("Acts of delivery and confirmations")),
    (Role.AUDITOR, "payments:audit", _("Audit"), _("Who did what, and the invariants of the books")),
    (Role.OPERATOR, "notices:templates", _("Texts of messages"), _("What people are told, and in how many SMS parts")),
    (Role.FUND_STAFF, "objections:desk", _("Objections to looks"), _("People ask why their data were looked at")),
    (Role.MINISTRY, "data_policy:policy", _("Data policy"), _("Which registry may be seen for what")),
    (Role.SCHOOL_PEDAGOGUE, "school_checks:desk", _("Aid to pupils"), _("A family's category, with its consent")),
)


def places(now: str) -> list[dict[str, Any]]:
    """The cabinet's navigation; a place that is not served is left out."""
    found = ((name, _href(name), label, icon) for name, label, icon in PLACES)
    return [
        {"href": href, "label": label, "icon": icon, "now": name == f"cabinets:{now}"}
        for name, href, label, icon in found
        if href
    ]


def desks(actor: Actor) -> list[dict[str, Any]]:
    """Work that the actor's roles open."""
    found = ((_href(name), title, text) for role, name, title, text in DESKS if actor.is_(role))
    return [{"href": href, "title": title, "text": text} for href, title, text in found if href]


def _href(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
