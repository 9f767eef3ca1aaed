"""The navigation of staff desks and of a person's own pages, one list for every app that shows them.

A page that is not served is left out. Decides nothing: each page checks the role itself.
"""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import Role
from demeu.portal.accounts.rules import Actor

Row = tuple[tuple[Role, ...], str, Promise]

DESKS: tuple[Row, ...] = (
    ((Role.CURATOR,), "verification:reviews", _("Applications")),
    ((Role.CURATOR,), "catalogue:publish-queue", _("Publication")),
    ((Role.VOLUNTEER, Role.CURATOR), "verification:visits", _("Visits")),
    ((Role.CURATOR,), "catalogue:questions", _("Questions to curators")),
    ((Role.FUND_STAFF,), "catalogue:reports", _("Reports of problems")),
    (
        (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.FUND_STAFF, Role.AUDITOR),
        "payments:payouts",
        _("Payouts"),
    ),
    ((Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.AUDITOR), "payments:refunds", _("Returns of gifts")),
    ((Role.FINANCE_APPROVER, Role.FUND_STAFF, Role.AUDITOR), "payments:monitoring", _("Monitoring")),
    ((Role.CURATOR, Role.AUDITOR), "payments:deliveries", _("Deliveries")),
    ((Role.AUDITOR,), "payments:audit", _("Audit")),
    ((Role.FUND_STAFF,), "objections:desk", _("Objections")),
    ((Role.FUND_STAFF,), "organizations:desk", _("Organizations")),
    ((Role.NGO_ADMIN,), "organizations:reports", _("Reports of our organization")),
    ((Role.VOLUNTEER,), "organizations:second-visits", _("Second visits")),
    ((Role.MINISTRY,), "data_policy:policy", _("Data policy")),
    ((Role.COMPANY_ADMIN, Role.COMPANY_MEMBER), "companies:pledges", _("Pledges of the company")),
    ((Role.COMPANY_ADMIN, Role.COMPANY_MEMBER, Role.NGO_ADMIN), "partners:keys", _("API and webhooks")),
    ((Role.SCHOOL_PEDAGOGUE,), "school_checks:desk", _("Aid to pupils")),
    ((Role.OPERATOR, Role.MINISTRY, Role.FUND_STAFF), "notices:templates", _("Texts of messages")),
)
CABINET: tuple[tuple[str, Promise, str], ...] = (
    ("cabinets:home", _("Overview"), "home"),
    ("cabinets:applications", _("Applications"), "heart"),
    ("patron:home", _("My giving"), "gift"),
    ("cabinets:consents", _("Consents"), "lock"),
    ("cabinets:access", _("Who looked"), "shield"),
    ("cabinets:details", _("About me"), "user"),
)
# Pages that stand within another place.
WITHIN = {"giving:mine": "patron:home"}
ROLE_NAMES: dict[Role, Promise] = {
    Role.CURATOR: _("Curator"),
    Role.VOLUNTEER: _("Volunteer"),
    Role.FINANCE_PREPARER: _("Finance: prepares payouts"),
    Role.FINANCE_APPROVER: _("Finance: approves payouts"),
    Role.AUDITOR: _("Auditor"),
    Role.FUND_STAFF: _("Fund staff"),
    Role.MINISTRY: _("Ministry"),
    Role.COMPANY_ADMIN: _("Company: makes pledges"),
    Role.COMPANY_MEMBER: _("Company"),
    Role.SCHOOL_PEDAGOGUE: _("School pedagogue"),
}


def desk_items(actor: Actor, now: str) -> list[dict[str, Any]]:
    """The desks that the actor's roles open, for `ui/desk.html`; `now` is the URL name of the present one."""
    found = ((name, label, _href(name)) for roles, name, label in DESKS if actor.is_(*roles))
    return [{"href": href, "label": label, "count": None, "now": name == now} for name, label, href in found if href]


def desk_name(actor: Actor) -> str:
    """Which work the actor does here, in words."""
    return ", ".join(str(name) for role, name in ROLE_NAMES.items() if actor.is_(role))


def cabinet_items(now: str) -> list[dict[str, Any]]:
    """A person's own places, for `ui/cabinet.html`; `now` is the URL name of the present one."""
    now = WITHIN.get(now, now)
    found = ((name, label, icon, _href(name)) for name, label, icon in CABINET)
    return [
        {"href": href, "label": label, "icon": icon, "now": name == now} for name, label, icon, href in found if href
    ]


def _href(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
