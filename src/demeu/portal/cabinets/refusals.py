"""Words for the refusals of the cabinet."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "erasure.not_sure": _("Say yes first. Nothing has been erased."),
    "erasure.staff": _("You work on the platform. Hand your roles back to the operator first."),
    "erasure.open_application": _(
        "An application or a case of yours is still open. Withdraw it, or wait until help has arrived."
    ),
    "erasure.gathering": _("Registries are being asked just now. Try again in a few minutes."),
    "rights.not_own": _("Only the person themselves may do this."),
}
