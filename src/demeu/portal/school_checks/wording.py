"""Words of the desk of school checks: states, faults of a request, columns of the figures. gettext only."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "received": _("On its way"),
    "asked": _("Consent is awaited"),
    "gathering": _("The registries are asked"),
    "assessed": _("The category is known"),
    "refused": _("The parent said no"),
    "expired": _("The consent is over"),
    "withdrawn": _("The consent was withdrawn"),
    "unusable": _("The request cannot be used"),
}
FAULTS = {
    "number_unreadable": _("The number of the request is digits, with a year after a slash if you wish: 12/2026."),
    "number_repeated": _("This number of a request stands here already, or a check for it was opened this year."),
    "iin_wrong": _("There is no such IIN. Check all twelve digits."),
    "iin_of_a_child": _("This is the IIN of a child. Consent is given by a parent or guardian: write theirs."),
    "iin_repeated": _("This IIN stands in the list twice."),
    "phone_wrong": _("This is not a phone number. Write it like +7 701 123 45 67."),
    "columns_wrong": _("A line has three columns: number, iin, phone."),
    "header_wrong": _("The first line names the columns: number;iin;phone."),
    "not_utf8": _("The file is not a CSV in UTF-8. Save it as «CSV UTF-8»."),
    "no_rows": _("There is no request in the file."),
    "too_many_rows": _("There are more than 200 requests in the file. Divide it."),
    "file_too_large": _("The file is larger than 64 KB."),
}
FIELD_OF_FAULT = {
    "number_unreadable": "number",
    "iin_wrong": "iin",
    "iin_of_a_child": "iin",
    "phone_wrong": "phone",
}
VAULT_FAULTS = {"person.iin_invalid": FAULTS["iin_wrong"], "person.phone_invalid": FAULTS["phone_wrong"]}
