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


NAV: tuple[tuple[str, Words], ...] = (
    ("catalogue:list", _("Cases")),
    ("ui:how", _("How we check")),
    ("reports:statistics", _("Statistics")),
    ("reports:journal", _("Money journal")),
)
FOOT: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...] = (
    (
        _("Open data"),
        (
            ("catalogue:csv", _("All cases as CSV")),
            ("reports:journal", _("Money journal")),
            ("reports:api", _("API for developers")),
            ("giving:verify", _("Check a receipt")),
        ),
    ),
    (
        _("Platform"),
        (
            ("ui:about", _("About Demeu")),
            ("ui:how", _("How we check need")),
            ("legal:offer", _("Public offer")),
            ("legal:privacy", _("Personal data")),
        ),
    ),
    (
        _("Help"),
        (
            ("cases:apply", _("Apply for help")),
            ("ui:questions", _("Questions and answers")),
            ("ui:accessibility", _("Accessibility")),
        ),
    ),
)


def href_of(name: str) -> str | None:
    """The address of a named page, None while nobody serves it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def links(rows: tuple[tuple[str, Words], ...], path: str = "") -> list[Link]:
    """The rows whose pages exist; the one that holds `path` is marked."""
    found = ((href_of(name), label) for name, label in rows)
    return [Link(href, label, path.startswith(href)) for href, label in found if href]


def foot() -> list[Column]:
    """The footer's columns that have links."""
    columns = [Column(title, links(rows)) for title, rows in FOOT]
    return [column for column in columns if column.links]


def own_place(request: HttpRequest) -> Link | None:
    """The visitor's cabinet when signed in, else the sign-in page."""
    if request.session.get("person_ref") if hasattr(request, "session") else None:
        href = href_of("cabinets:home")
        return Link(href, _("My cabinet")) if href else None
    href = href_of("accounts:sign_in")
    return Link(href, _("Sign in")) if href else None
