"""Words of the page about the API. gettext only; summaries of endpoints stand in the document in English."""

from django.utils.translation import gettext_lazy as _

CASE_STAGES = {
    "published": _("Raising money"),
    "funded": _("All the money has been raised"),
    "delivering": _("Help is on its way"),
    "completed": _("Completed"),
}
REST_OF_REGIONS = _("The other regions together")
ENDPOINTS = {
    "start": _("Where everything is: addresses, licence, the offer in force, what your key opens"),
    "list_cases": _("Published cases, by the order of their numbers; filters by stage, group, region, urgency"),
    "get_case": _("One case"),
    "list_case_items": _("The list of things of one case"),
    "get_case_trail": _("Every proved step of a case’s money"),
    "list_items": _("Things that are needed, of all cases"),
    "get_item": _("One thing"),
    "get_figures": _("Public totals, by group and by region"),
    "get_log": _("The head of the transparency log"),
    "list_ledger": _("Steps of all money, by the order of the log"),
    "list_organizations": _("Organisations of the public registry"),
    "list_regions": _("The twenty regions: codes, names, centres"),
    "list_categories": _("Every word of the closed lists, with its names"),
    "make_gift": _("Begin a gift and get the page to pay at"),
    "list_gifts": _("Gifts that your team’s programs began"),
    "get_gift": _("One of these gifts as it stands, with its trail"),
}
