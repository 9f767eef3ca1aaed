"""Words for the refusals of papers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "statement.not_yours": _("A statement is given to the giver alone. Sign in as the one who gave."),
    "company.bin_wrong": _("This is not a BIN: it has 12 digits, and the last one must fit the others."),
    "tax_set.no_gifts": _("No gifts were received from you in this year."),
    "tax_set.too_many": _("There are more than %(most)s gifts in this year. Write to us: we will send the papers."),
}
