"""Words for the refusals of signing in, signing and roles."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account.sign_in_first": _("Please sign in first."),
    "account.not_your_role": _("This page is for other work. Your roles do not open it."),
    "role.preparer_and_approver": _("One person may not both prepare and approve payouts."),
    "role.auditor_and_writer": _("An auditor may not also make changes."),
    "role.operator_and_decider": _("The operator may not take decisions."),
    "invitation.unknown": _("This invitation is not known. Ask for a new link."),
    "invitation.over": _("This invitation has been used or is too old. Ask for a new link."),
    "identity.unknown_attempt": _("This sign-in is not known. Please press the button again."),
    "identity.replayed": _("This signature has been used already. Please sign again."),
    "identity.expired": _("The five minutes for signing are over. Please sign again."),
    "identity.wrong_session": _("The signature was made for another browser. Please sign here again."),
    "identity.bad_signature": _("The signature does not hold. Check the key and sign again."),
    "identity.foreign_signer": _("Another person's key has signed. Use your own key."),
}
