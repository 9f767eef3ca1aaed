"""Words for the refusals of payouts and deliveries."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "payout.unknown": _("There is no such payout."),
    "payout.same_person": _("One person may not do two of these: lead the case, prepare the payout, approve it."),
    "payout.not_yourself": _("You can act only for yourself."),
    "payout.wrong_state": _("The payout has moved on meanwhile. Look at its present state."),
    "payout.items_unknown": _("Choose at least one item of this case."),
    "payout.item_not_funded": _("One of the items has not got all its money yet."),
    "payout.item_not_held": _("The bank has not confirmed all the money of one of the items yet."),
    "payout.above_held": _("The sum is above what the bank holds for these items: %(held_tiyn)s."),
    "payout.payee_blocked": _("The payee stands on a sanctions list. Such a payout cannot be prepared."),
    "payout.invoice_used": _("This invoice of this payee has been used in another payout."),
    "payout.differs": _("A payout was already prepared from this page with other details. Open the page anew."),
    "payout.no_attempt": _("The signature belongs to another document. Open the payout and sign again."),
    "payout.role_not_awaited": _("This payout does not wait for an approval in your role."),
    "payout.signature_foreign": _(
        "This signature is not yours or is about something else. Open the payout and sign it."
    ),
    "payout.no_invoice": _("No invoice file was added to this payout."),
    "payout.no_reason": _("Write the reason: the other officer will read it."),
    "payee.organization_closed": _("The state database says that this organization is closed: no money goes there."),
    "payee.no_name": _("Write the payee's name as in the contract."),
    "payee.bin_invalid": _("The BIN or IIN does not hold: check the digits."),
    "payee.iban_invalid": _("The account number does not hold: check the characters."),
    "payee.account_known": _("This payee with this account is in the list already."),
    "payee.known_differently": _("This payee was registered with other numbers. Open the page anew."),
    "delivery.not_paid": _("The bank has not executed the payment for this item yet."),
    "delivery.act_differs": _("Another act has been recorded for this item."),
    "delivery.no_act": _("There is no act of delivery for this item yet."),
    "delivery.other_region": _("This case is in another curator's region."),
    "delivery.no_problem": _("This report has been closed already."),
    "delivery.not_yours": _("Only the family itself confirms what it received."),
    "delivery.not_delivered": _("There is nothing to confirm for this item yet."),
    "document.too_large": _("The file is too large: at most 10 MB."),
    "document.wrong_type": _("Only photos (JPEG, PNG, WebP) and PDF files are taken."),
    "document.infected": _("The file holds something harmful and was not taken."),
    "document.unreadable": _("The file could not be read."),
    "document.broken_image": _("The photo could not be read. Take it again."),
    "document.too_many_pixels": _("The photo is too large. Make it smaller and try again."),
}
