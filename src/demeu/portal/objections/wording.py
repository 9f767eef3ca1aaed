"""Words of who looked: purposes, kinds of reading, what was read, in which office; one look as a sentence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from demeu.portal.cases.fact_words import fact_name

Words = str | Promise

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
    "people.show": _("Everything about a person"),
    "people.likely_same": _("Comparison with another record"),
    "people.by_number": _("Looked up by IIN"),
    "facts.gather": _("Question to the registries"),
    "facts.show": _("Answers of the registries"),
    "facts.needs": _("What the family needs"),
    "households.assess": _("Counting the category"),
    "assessments.show": _("Category and reasons"),
    "assessments.changes": _("What would change the category"),
    "documents.get": _("Document"),
    "payees.fill_instruction": _("Bank details"),
    "rights.export": _("All data as a file"),
    "people_touched": _("List for a notice about an incident"),
    "likely_same": _("Comparison with another record"),
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
    "initials": _("initials"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "birth_date": _("birthday"),
    "contacts": _("further contacts"),
    "papers": _("identity documents"),
    "ties": _("family and representatives"),
}


OFFICES = {
    "curator": _("A curator"),
    "volunteer": _("A volunteer"),
    "akimat": _("An employee of the akimat"),
    "ministry": _("An employee of the ministry"),
    "ngo_admin": _("An employee of an NGO"),
    "fund_staff": _("An employee of the fund"),
    "finance_preparer": _("An employee who prepares payouts"),
    "finance_approver": _("An employee who approves payouts"),
    "auditor": _("An auditor"),
    "school_pedagogue": _("A school pedagogue"),
    "representative": _("Your representative"),
    "operator": _("The operator"),
}


class Look(Protocol):
    """One reading, as the trail or an objection tells it."""

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def actor(self) -> str:
        """Who, as the audit names it."""
        ...

    @property
    def office(self) -> str:
        """In which role; may be empty."""
        ...

    @property
    def organization(self) -> str:
        """Of which organisation; may be empty."""
        ...

    @property
    def about(self) -> str:
        """Which case or application; may be empty."""
        ...

    @property
    def operation(self) -> str:
        """What was asked of vault."""
        ...

    @property
    def purpose(self) -> str:
        """What for."""
        ...

    @property
    def fields(self) -> Sequence[str]:
        """What of the person was read."""
        ...


def look_in_words(look: Look, own: str) -> dict[str, Any]:
    """One reading as a sentence, with why and about which application; `own` is how one's own readings are named."""
    fields = [str(FIELDS[code]) if code in FIELDS else fact_name(code) for code in look.fields if ":" not in code]
    what = ", ".join(fields) or str(READINGS.get(look.operation, look.operation))
    mine = look.actor == own
    who = _reader(look, own)
    pattern = gettext("You looked at: %(what)s.") if mine else gettext("%(who)s looked at: %(what)s.")
    kind, _colon, reference = look.about.partition(":")
    return {
        "at": look.at,
        "who": who,
        "mine": mine,
        "sentence": pattern % {"who": who, "what": what},
        "what": READINGS.get(look.operation, look.operation),
        "why": PURPOSES.get(look.purpose, look.purpose),
        "about": look.about,
        "application": reference if kind == "application" else "",
    }


def _reader(look: Look, own: str) -> Words:
    if look.actor == own:
        return _("You")
    kind, _colon, reference = look.actor.partition(":")
    if look.actor == "role:operator":
        return OFFICES["operator"]
    if kind != "person":
        return _("The platform itself")
    if look.operation == "people.show" and look.purpose == "own_data":
        return _("A person who named you as family or as who acts for them")
    if look.office not in OFFICES:
        return gettext("Member of staff %(reference)s") % {"reference": reference[-6:]}
    office = str(OFFICES[look.office])
    if not look.organization:
        return office
    return gettext("%(office)s (%(organization)s)") % {"office": office, "organization": look.organization}
