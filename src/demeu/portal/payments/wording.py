"""Words of the desks: states of payouts, why one may not approve, what is wrong with a payee's numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAYOUT_TEXTS: dict[str, Promise] = {
    "prepared": _("Waits for approval"),
    "approved": _("Approved"),
    "sent": _("Sent to the bank"),
    "settled": _("Paid"),
    "held": _("Stopped for a check"),
    "rejected": _("Rejected"),
    "returned": _("Returned by the bank"),
}
APPROVAL_TEXTS: dict[str, Promise] = {
    "not_waiting": _("This payout does not wait for approval."),
    "own_payout": _("You prepared this payout. Another officer approves it: two people for every payment."),
    "own_case": _("You lead this case. Another officer approves its payouts."),
    "signed_already": _("You have signed. The payout waits for the signatures of others."),
    "role_done": _("Nobody in your role is awaited any more. The payout waits for the signatures of others."),
    "not_approver": _("Payouts are approved by officers with that role."),
}
APPROVAL_ROLES: dict[str, Promise] = {
    "finance_approver": _("Finance officer, approves payouts"),
    "fund_staff": _("Fund staff"),
}
PAYEE_KINDS: dict[str, Promise] = {
    "supplier": _("Supplier of goods or services"),
    "clinic": _("Clinic or rehabilitation centre"),
    "landlord": _("Landlord"),
    "creditor": _("Creditor"),
    "bank": _("Bank"),
    "beneficiary": _("The family itself, to its own account"),
}
CHECK_WAYS: dict[str, Promise] = {
    "call": _("Called the payee at a number known before"),
    "letter": _("A signed letter of the payee was seen"),
    "visit": _("Visited the payee"),
}
ALERT_RULES: dict[str, Promise] = {
    "threshold_in": _("A large gift"),
    "threshold_out": _("A large payout"),
    "split_in": _("A large sum given in parts"),
    "split_out": _("A large sum paid in parts"),
    "velocity_in": _("Many gifts within a day"),
    "velocity_out": _("Many payouts within a day"),
    "same_sum_in": _("The same sum given day after day"),
    "same_sum_out": _("The same sum paid day after day"),
    "listed": _("A payout to somebody on a sanctions list was refused"),
    "photo_twice": _("The photo of a delivery was used before"),
    "related": _("Payee and officer or donor are one person"),
}
ALERT_STATES: dict[str, Promise] = {
    "open": _("Waits for the first word"),
    "proposed": _("Waits for a second person"),
    "decided": _("Decided"),
}
ALERT_DECISIONS: dict[str, Promise] = {
    "clear": _("Nothing suspicious"),
    "report": _("To be reported"),
}
ALERT_GROUNDS: dict[str, Promise] = {
    "usual_business": _("Usual for this work"),
    "explained_by_papers": _("Explained by papers"),
    "not_explained": _("Not explained"),
    "listed_person": _("The person is on a list"),
    "related_people": _("The people are related"),
}
NUMBER_TEXTS: dict[str, Promise] = {
    "not_digits": _("A BIN or IIN has digits only."),
    "length": _("A BIN or IIN has exactly 12 digits."),
    "check_digit": _("The last digit does not agree with the others: a digit is mistyped."),
}
IBAN_TEXTS: dict[str, Promise] = {
    "not_kz": _("An account in Kazakhstan begins with KZ."),
    "length": _("An account number has exactly 20 characters."),
    "form": _("After KZ come five digits, then letters and digits."),
    "check_digit": _("The check digits do not agree: a character is mistyped."),
}
TICKET_ANSWERS: dict[str, Promise] = {
    "confirmed_by_phone": _("The family says by phone that it came"),
    "handed_over_anew": _("Handed over anew"),
    "not_received": _("It did not come"),
    "cannot_be_reached": _("The family cannot be reached"),
}
PROBLEM_ANSWERS: dict[str, Promise] = {
    "delivered_after_all": _("It came after all"),
    "sent_again": _("Sent again"),
    "wrong_number": _("Another person answered"),
}
LINE_KINDS: dict[str, Promise] = {
    "settlement": _("Settlement of a gift"),
    "refund": _("Money back for a gift"),
    "payment": _("Payment of a payout"),
    "return": _("Return of a payout"),
    "cancelled": _("Cancelled by another line"),
}
LINE_PROBLEMS: dict[str, Promise] = {
    "what": _("Choose what the line is."),
    "gift": _("Write the order number of the gift: digits only."),
    "payout": _("Write the id of the payout as it stands in the address of its page."),
    "line": _("Choose the line that cancels this one."),
}
REFUND_STATES: dict[str, Promise] = {
    "asked": _("Waits for a decision"),
    "approved": _("Approved"),
    "sent": _("Sent to the gateway"),
    "paid": _("Returned to its source"),
    "refused": _("Not returned"),
    "cancelled": _("Recalled by the payer's bank"),
}
REFUND_WHY: dict[str, Promise] = {
    "donor_wish": _("The donor changed their mind"),
    "mistake": _("Given by mistake"),
    "double": _("Paid twice"),
    "surplus": _("No longer needed, the donor chose a return"),
    "blocked_card": _("From a blocked card"),
}
REFUND_REFUSALS: dict[str, Promise] = {
    "delivered_soon": _("The purchase is being made"),
    "not_the_giver": _("It is not clear that the giver asks"),
    "other": _("Another reason, we explain by letter"),
}
