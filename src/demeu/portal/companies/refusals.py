"""Words for the refusals of companies' pages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "company.theme": _("One of the themes is not on our list."),
    "company.year": _("Choose a year from 2020 on."),
    "company.no_page": _("This company has no public page."),
    "company.not_a_member": _("This person does not work at your company here."),
    "company.last_admin": _("Somebody must be able to make pledges: name another one first."),
    "company.not_named": _("Your access does not name a company. Ask the one who invited you to name it."),
    "company.target": _("Choose what the money is for. Doubling is for a group, a region, a programme or all cases."),
    "company.until": _("Name the last day of doubling; it must be ahead."),
    "company.changed": _("A pledge was already made from this page. Open the page anew to make another one."),
    "company.unknown_pledge": _("Your company has no such pledge."),
    "pledge.target": _("Choose what the money is for. Doubling is for a group, a region, a programme or all cases."),
    "pledge.until": _("Name the last day of doubling; it must be ahead."),
    "pledge.differs": _("This pledge was made with other terms. Open the page anew to make another one."),
}
