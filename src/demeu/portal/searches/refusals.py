"""Words for the refusals of kept searches."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "search.nothing": _("Choose at least one filter or word first: then there is a search to keep."),
    "search.too_many": _("You keep %(most)s searches already. Forget one, then keep this one."),
    "search.unknown": _("We know no such search of yours."),
}
