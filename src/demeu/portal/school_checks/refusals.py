"""Words for the refusals of school checks."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "school_check.unknown": _("There is no such check, or it is not yours."),
    "school_check.unknown_list": _("There is no such list, or it is not yours."),
    "school_check.list_dropped": _("This list was dropped. Upload it again if it is still needed."),
    "school_check.number_taken": _("A check for request %(number)s of this year is there already."),
    "school_check.unusable": _("The request cannot be used. See what is said at each field."),
    "school_check.unknown_step": _("This step is not possible now. Open the page again."),
    "school.not_named": _("Your role names no school. Ask the operator for a new invitation."),
    "role.school_not_named": _("A school pedagogue is invited to one school of one region."),
    "facts.category_only": _("For this purpose only the category and its reasons are shown."),
}
