"""Words for the refusals of the catalogue and of publication."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "case.unknown": _("There is no such case, or it has been closed. The list of cases is always open."),
    "complaint.unknown_code": _("Choose what is wrong."),
    "complaint.words_length": _("Write a few words, up to %(most)s characters."),
    "complaint.too_many": _(
        "Many reports about this case have come within an hour. A person is looking; please try later."
    ),
    "complaint.wrong_state": _("This report has moved on meanwhile. Open its page again."),
    "complaint.same_person": _("You answered it before. Another person looks again."),
    "complaint.not_yours": _("Another person has taken this report."),
    "letter.unknown": _("We know no such letter. Check the address: it must be copied whole."),
    "letter.answered": _("This question has been answered already."),
    "letter.words_length": _("Write your question, up to %(most)s characters."),
    "letter.answer_length": _("Write it in a few sentences, up to %(most)s characters."),
    "letter.too_many": _("Many questions about this case have come within an hour. Please ask again later."),
    "publication.text_length": _("Each text is needed: from %(least)s to %(most)s characters."),
    "publication.not_approved": _("The application has not been approved yet."),
    "publication.already_public": _("The case is public already."),
    "publication.nothing_asked": _(
        "Nothing is left to ask donors for: the state covers everything, or all was removed."
    ),
    "case.same_person": _("You take part in this application in another role. Another person decides here."),
    "case.other_region": _("This application belongs to another region."),
}
