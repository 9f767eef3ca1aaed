"""Where the frame's links lead. A place whose page is not installed is left out: there are no dead links."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Link(NamedTuple):
    """A link of the frame."""

    href: str
    label: Words
    now: bool = False


class Column(NamedTuple):
    """A column of the footer."""

    title: Words
    links: list[Link]


Row = tuple[tuple[str, ...], Words]

# Each place lists the URL names it may have; the first that is served is used.
CASES = ("catalogue:list", "catalogue:catalogue", "catalogue:cases", "catalogue", "cases")
JOURNAL = ("catalogue:journal", "journal")
NAV: tuple[Row, ...] = (
    (CASES, _("Cases")),
    (("ui:how",), _("How we check")),
    (("maps:map",), _("Map")),
    (("statistics:statistics",), _("Statistics")),
    (JOURNAL, _("Money journal")),
)
FOOT: tuple[tuple[Words, tuple[Row, ...]], ...] = (
    (
        _("Open data"),
        (
            (("open-data:index",), _("Daily files")),
            (("public-api:about",), _("For developers")),
            (("catalogue:csv", "cases-csv"), _("All cases as CSV")),
            (JOURNAL, _("Money journal")),
            (("proofs:verify",), _("Check a receipt")),
            (("school_checks:figures",), _("Checks for aid to pupils")),
            (("giving:fees",), _("What gateways take")),
            (("payments:bank",), _("In the bank and in the books")),
            (("payments:asked-again",), _("Families asked again")),
            (("notices:figures",), _("How promptly we tell")),
        ),
    ),
    (
        _("Platform"),
        (
            (("ui:about",), _("About Demeu")),
            (("ui:how",), _("How we check need")),
            (("organizations:registry",), _("Who checks the needs")),
            (("legal:offer", "offer"), _("Public offer")),
            (("legal:privacy", "privacy"), _("Personal data")),
        ),
    ),
    (
        _("Help"),
        (
            (("cases:apply", "apply"), _("Apply for help")),
            (("giving:give",), _("Ways to give")),
            (("companies:doubling",), _("Gifts that are doubled now")),
            (("ui:questions",), _("Questions and answers")),
            (("notices:check",), _("Check a message")),
            (("ui:accessibility",), _("Accessibility")),
        ),
    ),
)
SIGN_IN = ("accounts:sign-in",)
SIGN_OUT = ("accounts:sign-out",)
CABINET = ("cabinets:home",)
# The key under which accounts keeps the signed-in person's reference.
SESSION_PERSON = "person"


def href_of(names: tuple[str, ...]) -> str | None:
    """The address of the first of these pages that is served, else None."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def links(rows: tuple[Row, ...], path: str = "") -> list[Link]:
    """The rows whose pages exist; the one that holds `path` is marked."""
    found = ((href_of(names), label) for names, label in rows)
    return [Link(href, label, path.startswith(href)) for href, label in found if href]


def foot() -> list[Column]:
    """The footer's columns that have links."""
    columns = [Column(title, links(rows)) for title, rows in FOOT]
    return [column for column in columns if column.links]


def own_place(request: HttpRequest) -> Link | None:
    """The visitor's cabinet when signed in, else the sign-in page."""
    session = getattr(request, "session", {})
    names, label = (CABINET, _("My cabinet")) if session.get(SESSION_PERSON) else (SIGN_IN, _("Sign in"))
    href = href_of(names)
    return Link(href, label) if href else None
