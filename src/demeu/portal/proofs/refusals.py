"""Words for what cannot be a receipt."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "proof.too_large": _("A receipt is smaller than %(most)s MB. Look whether this is the right file."),
    "proof.no_pdf": _("This PDF cannot be read. Download the receipt again and give us that very file."),
    "proof.none_in_pdf": _("This PDF has no proof inside: only the file that you downloaded has it, no scan or print."),
    "proof.none_in_file": _("There is no proof in this file. Give the receipt as PDF or the file proof.txt."),
}
