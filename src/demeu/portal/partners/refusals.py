"""Words for the refusals of partners' pages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "key.unknown_kind": _("Choose one of the answers."),
    "key.scope": _("This kind of key does not open that. Choose again; no key was made."),
    "key.label": _("Give the key a name of up to %(most)s letters, so that you know it again."),
    "key.too_many": _("Your team has %(most)s keys already. Revoke one that is no longer used, then make another."),
}
