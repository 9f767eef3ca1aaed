"""Words for the refusals of legal texts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "legal.unknown_text": _("There is no such document. The documents in force are linked at the foot of every page."),
    "legal.text_changed": _("The text has changed since you opened the page. Please read the new version and go on."),
}
