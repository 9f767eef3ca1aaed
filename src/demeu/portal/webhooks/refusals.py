"""Words for the refusals of webhooks' pages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "webhook.url": _("Write an address that begins with https:// and leads to your server in the open Internet."),
    "webhook.kinds": _("Choose at least one kind of news."),
    "webhook.too_many": _("Your team has %(most)s addresses already. Remove one that is no longer used."),
    "webhook.unknown": _("Your team has no such address."),
}
