"""Words of the check: each step, and what it means in plain words when it does not hold."""

from django.utils.translation import gettext_lazy as _

LOG_STEPS = {
    "readable": _("The text is a proof of our journal"),
    "signature": _("The journal’s head is signed with the platform’s key"),
    "commitment": _("The facts of the receipt are those that were sealed"),
    "inclusion": _("The record stands in the journal under this head"),
}
# What a step that fails means, and what to do now.
MEANS = {
    "readable": (
        _("This is not a whole proof."),
        _("A part is missing, or the text was changed while it was copied. Says nothing about your gift."),
        _("Copy the file proof.txt from its first line to its last, or give us the PDF that you downloaded."),
    ),
    "signature": (
        _("This proof was not signed by our journal."),
        _("Either it comes from another journal, or somebody wrote it who does not have our key."),
        _("If you were given this receipt as ours, do not send money by it and write to us."),
    ),
    "commitment": (
        _("What is written here is not what was sealed."),
        _("The journal holds a record, but the sum, the time or another fact in this text was changed afterwards."),
        _("Download the receipt again from your gift’s page and compare. If it differs, write to us."),
    ),
    "inclusion": (
        _("The journal has no such record in this place."),
        _("The facts agree with each other, but the journal that was signed does not hold them."),
        _("This must never happen with a receipt of ours. Keep the file and write to us: we must answer for it."),
    ),
}
FACTS = {
    "kind": _("What happened"),
    "at": _("When"),
    "amount_tiyn": _("Sum"),
    "currency": _("Currency"),
    "gift": _("Number of the gift"),
    "case": _("Case"),
    "item": _("Thing"),
    "payout": _("Payment"),
    "gateway": _("Way of paying"),
    "target": _("What for"),
}
