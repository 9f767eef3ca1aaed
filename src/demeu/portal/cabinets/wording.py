"""Words of the cabinet: groups of indicators, states of items and consents, kinds of access."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from demeu.contracts.vault import AccessLine
from demeu.portal.cases.fact_words import fact_name

Words = str | Promise

INDICATOR_GROUPS = {
    "income_and_loans": _("Income and loans"),
    "movable_property": _("Movable property"),
    "employment": _("Work"),
    "social_protection": _("Social protection"),
    "health": _("Health care"),
    "education": _("Education"),
    "housing_and_infrastructure": _("Housing"),
    "agriculture": _("Farming"),
}

ITEM_STATES = {
    "proposed": _("Proposed"),
    "covered_by_state": _("The state already gives this"),
    "open": _("Money is being raised"),
    "reserved": _("Part of the money is there"),
    "funded": _("The money is there"),
    "ordered": _("Ordered"),
    "paid": _("Paid"),
    "delivered": _("Delivered"),
    "confirmed": _("You have confirmed it"),
    "removed": _("Removed by you"),
}

CONSENT_STATES = {
    "asked": pgettext_lazy("consent", "Asked"),
    "granted": pgettext_lazy("consent", "In force"),
    "refused": pgettext_lazy("consent", "Refused"),
    "expired": pgettext_lazy("consent", "Over"),
    "withdrawn": pgettext_lazy("consent", "Withdrawn"),
}

COVER_TEXTS = {
    "covered": _("Covers this"),
    "may_be": _("May cover this, ask"),
    "lost_by_category": _("Not given in category 6"),
}

PURPOSES = {
    "sign_in": _("Signing in"),
    "assessment": _("Counting the category"),
    "case_review": _("Review of the application"),
    "home_visit": _("Home visit"),
    "delivery": _("Delivery to the family"),
    "payout": _("Payment to a supplier"),
    "own_data": _("You looked yourself"),
    "notice": _("A message to you"),
    "donation": _("A gift"),
    "administration": _("Upkeep of the platform"),
    "pupil_aid": _("Aid to a pupil"),
}
READINGS = {
    "people.card": _("Name and contact"),
    "people.by_number": _("Looked up by IIN"),
    "facts.gather": _("Question to the registries"),
    "facts.show": _("Answers of the registries"),
    "facts.needs": _("What the family needs"),
    "households.assess": _("Counting the category"),
    "assessments.show": _("Category and reasons"),
    "assessments.changes": _("What would change the category"),
    "documents.get": _("Document"),
    "payees.fill_instruction": _("Bank details"),
    "messages.inbox": _("Messages to you"),
}
FIELDS = {
    "names": _("name"),
    "masked_iin": _("IIN, hidden in part"),
    "masked_phone": _("phone, hidden in part"),
    "registries": _("list of registries"),
    "needs": _("needs"),
    "attributes": _("signs of the situation"),
    "scoring_facts": _("facts for counting"),
    "category": _("category"),
    "reasons": _("reasons of the category"),
    "name": _("name"),
    "iban": _("account"),
    "iin": _("IIN"),
    "messages": _("messages"),
}


def reading(line: AccessLine, own: str) -> dict[str, Any]:
    """One reading in words: who (`own` is how the person's own readings are named), what, why."""
    fields = [str(FIELDS[code]) if code in FIELDS else fact_name(code) for code in line.fields if ":" not in code]
    return {
        "at": line.at,
        "who": _reader(line.actor, own),
        "what": READINGS.get(line.operation, line.operation),
        "fields": fields,
        "why": PURPOSES.get(line.purpose, line.purpose),
    }


def _reader(actor: str, own: str) -> Words:
    if actor == own:
        return _("You")
    kind, _colon, reference = actor.partition(":")
    if kind == "person":
        return gettext("Member of staff %(reference)s") % {"reference": reference[-6:]}
    return _("The platform itself")
