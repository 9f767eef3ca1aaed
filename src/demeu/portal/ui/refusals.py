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
    **dict.fromkeys(
        ("call.service_down", "call.no_answer"),
        _("One of our services does not answer. Please try again in a minute; nothing has been lost."),
    ),
    "call.store_away": _(
        "The store of one of our services does not answer. Nothing is lost; please try again in a minute."
    ),
    "intake.disk_nearly_full": _(
        "We are not taking anything new in for a while: our storage is nearly full. What has begun goes on, nothing is"
        " lost, and those who run Demeu have been told. Please try again later."
    ),
    "call.deadline_passed": _(
        "One of our services answers too slowly. Please try again in a minute; nothing has been lost."
    ),
    **dict.fromkeys(
        ("call.unsigned", "call.expired", "call.misdirected", "call.altered", "call.not_listed"),
        _("Two of our services did not recognise each other. Nothing has been lost; please try again in a minute."),
    ),
    "call.key_reused": _("This form has already been sent with other answers. Open the page again."),
    "csrf.failed": _("The page stood open for too long. Go back, reload it and send it again."),
    "money.unreadable": _("Write the sum in figures, for example 7 500."),
    "money.too_large": _("The sum is too large for one payment."),
    "seal.unreadable": _("What you wrote did not arrive whole. Please send it again."),
    "code.wrong": _("The code is not right. Attempts left: %(attempts_left)s."),
    "code.expired": _("The ten minutes of this code are over. Ask for a new one."),
    "code.too_many_attempts": _("Five attempts did not fit, this code works no more. Ask for a new one."),
    "code.too_often": _("Many codes have gone to this phone within an hour. Please wait an hour and ask again."),
    "code.no_phone": _("There is no phone to send the code to. Add a number first."),
    "code.not_checked": _("Write the code from the SMS first."),
    "code.used": _("This code has been used already. Ask for a new one."),
    "code.unknown": _("This code is not known. Ask for a new one."),
    "person.iin_invalid": _("There is no such IIN. Check all twelve digits."),
    "person.no_name": _("Write a surname or a given name."),
    "person.phone_invalid": _("This is not a phone number. Write it like +7 701 123 45 67."),
    "person.email_invalid": _("This is not an e-mail address. Write it like name@example.kz."),
    "person.unknown": _("We do not know this person. Open the page again."),
    **dict.fromkeys(
        ("facts.not_gathered", "facts.unknown_household", "facts.unknown_gathering", "assessment.unknown"),
        _("The registries have not answered yet. Their answers will appear here by themselves."),
    ),
    "document.too_large": _("The file is too large. Choose one of up to 10 MB."),
    "document.wrong_type": _("We take PDF and pictures: JPEG, PNG or WebP. Choose another file."),
    "document.too_many_pixels": _("The picture is too large. Make it smaller or take another photo."),
    "document.broken_image": _("The picture does not open. Take the photo again or choose another file."),
    "document.unreadable": _("The file is empty or did not arrive whole. Please choose it again."),
    "document.infected": _("Something dangerous was found in this file and we did not keep it. Choose another file."),
    "document.quarantined": _("The file is still being checked for viruses. Look again in a minute."),
    "document.unknown": _("There is no such document, or it is not yours."),
    "gateway.unknown": _("We do not know this way to pay. Nothing has been charged; choose another one."),
    "bank.unavailable": _("The fund's bank does not answer. The money is where it was; we ask again by ourselves."),
    "proof.not_yet": _("The record is on its way into the journal. Open the page again in a minute."),
    "proof.erased": _("The details of this record have been erased. Its trace in the journal stays."),
    "payee.no_name": _("Write the supplier's name."),
    "payee.bin_invalid": _("There is no such BIN or IIN. Check all twelve digits."),
    "payee.iban_invalid": _("There is no such account. It begins with KZ and has twenty characters."),
    "payee.account_known": _("This supplier with this account is in the list already. Choose it there."),
    "payee.known_differently": _(
        "This supplier is known with another number or account. Open the page and enter it anew."
    ),
    "payee.unknown": _("There is no such supplier in the list."),
    **dict.fromkeys(
        ("payee.screened", "payout.payee_blocked"),
        _("This supplier may not be paid: it is on a list of bans. The money stays in reserve; choose another one."),
    ),
    "payout.unknown": _("There is no such payout."),
    "payout.not_yourself": _(
        "A step can be taken in your own name only. Sign in with your own key; no money has moved."
    ),
    "payout.same_person": _(
        "Whoever prepares, whoever approves and the curator are three different people. The money stays where it is;"
        " another person must take this step."
    ),
    "payout.wrong_state": _("The payout has moved on. Open the page again: it shows where the money is."),
    "payout.items_unknown": _(
        "These things belong to different cases. Open the case again and choose; no money has moved."
    ),
    "payout.item_not_funded": _(
        "The money for this thing has not been raised yet. It can be paid when all of it is there."
    ),
    "payout.item_not_held": _(
        "Part of this money is still on its way from the bank. It can be paid when it has arrived."
    ),
    "payout.above_held": _(
        "There is %(held_tiyn)s in reserve, and %(asked_tiyn)s was asked for. No money has moved; write a smaller sum."
    ),
    "payout.invoice_used": _("This invoice has a payout already. No money has moved; look in the list of payouts."),
    "payout.differs": _("This payout has already been prepared with other facts. Open the page anew for another one."),
    "delivery.not_paid": _("This thing has not been paid for yet. Delivery is noted after the payment."),
    "delivery.act_differs": _("This thing already has another act of delivery. Open the page again."),
    "delivery.no_act": _("This thing has no act of delivery yet. It comes first, then the family confirms."),
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
