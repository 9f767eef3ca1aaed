"""Words of companies' pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import Role

KIND_TEXTS: dict[str, tuple[Promise, Promise]] = {
    "gift": (_("One gift"), _("The company pays the invoice; the money goes to its purpose")),
    "match": (
        _("Double the gifts of others"),
        _("For each tenge that the bank confirms from others, the company adds one, up to the sum of the invoice"),
    ),
}
REST_TEXTS: dict[str, tuple[Promise, Promise]] = {
    "give": (_("Give it all the same"), _("To the same purpose")),
    "return": (_("Return it to the company"), _("To the account that it came from")),
}
STATES: dict[str, Promise] = {
    "invoiced": _("The invoice waits to be paid"),
    "paid": _("Paid, the bank has confirmed it"),
    "matching": _("Doubles gifts now"),
    "matched": _("All of it has doubled gifts"),
    "ended": _("Ended"),
}
PLACES: tuple[tuple[str, Promise], ...] = (
    ("companies:pledges", _("Pledges")),
    ("companies:year", _("Year and budgets")),
    ("companies:people", _("Our people")),
    ("papers:mine", _("Papers for the tax office")),
)
ROLE_WORDS: dict[Role, Promise] = {
    Role.COMPANY_ADMIN: _("Makes pledges"),
    Role.COMPANY_MEMBER: _("Sees everything, makes no pledges"),
}
