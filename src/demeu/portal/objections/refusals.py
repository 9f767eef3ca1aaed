"""Words for the refusals of objections."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "objection.unknown": _("There is no such objection, or it is not yours."),
    "objection.unknown_look": _("This look does not stand in your list. Open the list again."),
    "objection.own_look": _("This was you. There is nothing to object to."),
    "objection.answered": _("This objection has been answered. Open it to read the answer."),
    "objection.not_by_you": _("Who looked, or who objects, does not answer. A colleague must do it."),
    "objection.words_length": _("Write an answer of at most %(most)s characters."),
}
