"""Words for refusals of donors' pages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "follow.too_many": _("You follow %(most)s cases already. Leave one of them first."),
    "taste.unknown": _("One of the choices is not on our list. Choose again."),
    "app.not_ours": _("This page is only there when the app for Android is set up."),
}
