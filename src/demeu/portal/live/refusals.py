"""Words for refusals of live pages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {"live.unknown_feed": _("This page has been open for too long. Open it again to see what is new.")}
