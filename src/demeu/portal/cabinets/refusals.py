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
    "details.unknown_act": _("Nothing was sent that we understand. Open the page again."),
    "details.unknown_contact": _("There is no such contact of yours. Open the page again."),
    "person.address_invalid": _("Write the whole address: place, street, house."),
    "person.contact_kind": _("Choose a phone, a mail or an address."),
    "paper.kind": _("Choose one of the documents."),
    "paper.number_invalid": _("The number has 5 to 20 letters and digits. Look at the document again."),
    "paper.dates": _("The term ends after the day of issue."),
    "paper.of_another": _("A document with this number stands with another person. Check it, or write to us."),
    "tie.of_two": _("This is your own IIN. Write the other person's."),
    "tie.known": _("This person already stands here as that."),
    "tie.no_ground": _("Whoever may act for you needs a document: add it."),
    "tie.unknown": _("There is no such person here any more. Open the page again."),
}
