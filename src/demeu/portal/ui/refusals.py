"""Refusal codes in words. One table here for what several pages meet; every app may add `refusals.py` with its own.

A code without words falls back to its kind, so a new code is never an English identifier on a page.
Facts of the refusal may stand in the text as `%(name)s`; money facts end in `_tiyn` and are written as sums.
"""

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Fact, Kind, Refusal
from demeu.kernel.money import format_tenge
from demeu.portal.ui.wording import grouped, language

Words = str | Promise

TITLES: dict[Kind, Words] = {
    Kind.NOT_FOUND: _("There is no such page"),
    Kind.FORBIDDEN: _("This is not open to you"),
    Kind.INVALID: _("This cannot be accepted yet"),
    Kind.CONFLICT: _("Things have changed meanwhile"),
    Kind.TOO_MANY: _("Too many attempts"),
    Kind.TOO_LATE: _("The time for this has passed"),
    Kind.UNAVAILABLE: _("This part is resting for a moment"),
}
TEXTS: dict[Kind, Words] = {
    Kind.NOT_FOUND: _("The address may be mistyped, or the case has been closed. The list of cases is always open."),
    Kind.FORBIDDEN: _("Sign in with another role, or ask the person who sent you here."),
    Kind.INVALID: _("Please look at what you entered: something in it does not fit."),
    Kind.CONFLICT: _("Open the page again: someone has changed it, or this was already done."),
    Kind.TOO_MANY: _("Please wait a minute and try again. Nothing has been lost."),
    Kind.TOO_LATE: _("You can start again: it takes little time and what you entered is kept."),
    Kind.UNAVAILABLE: _("What you entered is kept. Please try again in a minute; the list of cases works as usual."),
}
REFUSALS: dict[str, Words] = {
    "call.unreachable": _("One of our services does not answer. Please try again in a minute; nothing has been lost."),
    "call.deadline": _("One of our services answers too slowly. Please try again in a minute; nothing has been lost."),
    "csrf.failed": _("The page stood open for too long. Go back, reload it and send it again."),
    "money.unreadable": _("Write the sum in figures, for example 7 500."),
    "money.too_large": _("The sum is too large for one payment."),
}


@lru_cache(maxsize=1)
def all_refusals() -> dict[str, Words]:
    """The common table with the tables of every installed portal app."""
    table = dict(REFUSALS)
    for config in apps.get_app_configs():
        name = f"{config.name}.refusals"
        if config.name.startswith("demeu.portal.") and config.name != "demeu.portal.ui" and find_spec(name):
            table.update(import_module(name).REFUSALS)
    return table


def _shown(name: str, fact: Fact) -> str:
    if isinstance(fact, bool) or fact is None:
        return str(fact or "")
    if isinstance(fact, int):
        return format_tenge(fact, language()) if name.endswith("_tiyn") else grouped(fact)
    return ", ".join(fact) if isinstance(fact, list) else fact


class _Facts(dict[str, str]):
    """Facts for `%`: a text may name one that this refusal does not carry."""

    def __missing__(self, key: str) -> str:
        return "…"


def title_of(refusal: Refusal) -> str:
    """The heading for its kind."""
    return str(TITLES[refusal.kind])


def text_of(refusal: Refusal) -> str:
    """The sentence for its code with facts filled in, or for its kind."""
    words = all_refusals().get(refusal.code)
    if words is None:
        return str(TEXTS[refusal.kind])
    return str(words) % _Facts({name: _shown(name, fact) for name, fact in refusal.facts.items()})
