"""Words for the registry's refusals."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "organization.unknown": _("There is no such organization in the registry."),
    "organization.unknown_paper": _("Choose the kind of the paper from the list."),
    "organization.no_papers": _("Add a paper first: without papers there is nothing to vouch for."),
    "organization.paper_ends_before": _("One of the papers ends before this day."),
    "report.unknown": _("Your organization owes no report for this quarter."),
    "report.filed_already": _("This report has been filed."),
    "report.impossible_figures": _("Check the figures: they must be whole numbers from zero up."),
    "report.names_somebody": _("The report is public, and its words seem to name a person, a number or an address."),
}
