"""What each daily file is, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILES: dict[str, Promise] = {
    "cases.csv": _("Published cases with their money"),
    "items.csv": _("Things that the cases ask for, with prices and states"),
    "figures.csv": _("Totals by group and region; few cases are hidden"),
    "regions.csv": _("The twenty regions: codes, names, centres"),
    "categories.csv": _("Every word of the closed lists, with its names"),
    "datapackage.json": _("Description of the tables (Frictionless Data Package)"),
    "demeu-open-data.zip": _("All tables with their description in one file"),
    "360giving.json": _("Funded cases as grants (360Giving 1.4)"),
    "iati-activities.xml": _("Help by group and region as activities (IATI 2.03)"),
    "SHA256SUMS": _("Sums to check the files by"),
}
