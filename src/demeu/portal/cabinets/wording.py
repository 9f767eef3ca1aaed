"""Words of the cabinet: groups of indicators, states of items and consents, how far a state service covers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
