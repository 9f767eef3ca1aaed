"""Words of the check."""

from django.utils.translation import gettext_lazy as _

LOG_STEPS = {
    "readable": _("The text is a proof of our journal"),
    "signature": _("The journal’s head is signed with the platform’s key"),
    "commitment": _("The facts of the receipt are those that were sealed"),
    "inclusion": _("The record stands in the journal under this head"),
}
