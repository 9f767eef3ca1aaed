"""Words for the refusals of review and visit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "case.same_person": _("You take part in this application in another role. Another person decides here."),
    "case.other_region": _("This application belongs to another region."),
    "review.reason_needed": _("Choose the reason: the family will see it."),
    "review.no_case_yet": _("The facts have not come yet, so there is nothing to decide."),
    "review.nothing_to_sign": _("There is no decision of yours to sign here."),
    "review.unknown_decision": _("Choose one of the decisions."),
    "visit.unknown": _("There is no such visit among yours."),
    "visit.not_yours": _("There is no such visit among yours."),
    "visit.day_out_of_range": _("Choose a day from today up to %(most)s days ahead."),
    "visit.day_unreadable": _("Write the day of the visit."),
    "visit.findings_needed": _("Tick what you saw: at least one line."),
    "visit.words_length": _("Describe in a few sentences what you saw, up to %(most)s characters."),
    "visit.not_a_volunteer_here": _("Choose a volunteer of this region who takes no other part in the application."),
    "visit.not_done": _("The visit has not been signed yet. First the act, then the decision."),
    "visit.already_signed": _("The act is signed already and cannot be changed."),
    "visit.act_not_written": _("Write the act first."),
    "visit.photo_too_large": _("A photo may have up to %(most)s MB."),
    "visit.too_many_photos": _("Up to %(most)s photos."),
    "likely_same.unknown": _("There is no such pair of records in this application."),
    "likely_same.decided": _("Somebody has decided about this pair already. Open the page again."),
    "likely_same.no_decision": _("Choose: the same person, or somebody else."),
}
