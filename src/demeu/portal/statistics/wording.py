"""Words of the statistics."""

from django.utils.translation import gettext_lazy as _

HIDDEN = _("fewer than 11")
STEPS = {
    "decision": _("From the application to the signed visit"),
    "publication": _("From the visit to publication"),
    "funding": _("From publication to the whole sum"),
    "delivery": _("From the whole sum to the last delivery"),
}
OUTCOMES = {
    "approved": _("approved"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn by the family"),
    "open": _("being looked at"),
}
URGENCY = {"emergency": _("emergency"), "high": _("soon"), "normal": _("can wait")}
COMPLAINTS = {
    "not_arrived": _("help has not arrived"),
    "wrong_facts": _("facts are wrong"),
    "recognisable": _("the family can be recognised"),
    "other": _("something else"),
}
COMPLAINT_STATES = {
    "received": _("received"),
    "assigned": _("being looked into"),
    "answered": _("answered"),
    "closed": _("closed"),
    "appealed": _("appealed"),
}
FAIR_BY = {
    "group": _("How fairly help is spread: by group"),
    "region": _("How fairly help is spread: by region"),
    "urgency": _("How fairly help is spread: by urgency"),
    "category": _("How fairly help is spread: by category of need"),
}
MONEY = {
    "needed": _("Needed"),
    "received": _("Received"),
    "held": _("In reserve"),
    "paid": _("Paid"),
    "delivered": _("Delivered"),
}
