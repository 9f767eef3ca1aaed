"""Words for the refusals of open data."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {"open_data.unknown_file": _("There is no such file. Editions are kept for a week; the page lists them.")}
