"""Words of notices: kinds of messages, channels, how far a message got."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from demeu.contracts.vault import Channel, MessageKind

KINDS = {
    MessageKind.CODE: _("One-time code"),
    MessageKind.QUESTION: _("Questions to you"),
    MessageKind.EMERGENCY: _("Emergencies"),
    MessageKind.APPLICATION: _("Your application"),
    MessageKind.VISIT: _("Home visits"),
    MessageKind.OWN_DATA: _("Your data and consents"),
    MessageKind.GIFT: _("Your gifts"),
    MessageKind.NEWS: _("Cases that you follow"),
    MessageKind.DIGEST: _("Messages of the day"),
}
KIND_HINTS = {
    MessageKind.QUESTION: _("For example: did the help arrive?"),
    MessageKind.EMERGENCY: _("At any hour, at night too."),
    MessageKind.APPLICATION: _("What has been done and what comes next."),
    MessageKind.VISIT: _("When a volunteer will come."),
    MessageKind.OWN_DATA: _("Who learned what with your consent."),
    MessageKind.NEWS: _("When all money is raised, and when the family has what it needed."),
    MessageKind.GIFT: _("Before a monthly charge, when one failed, and when we need your word."),
}
CHANNELS = {
    Channel.SMS: _("SMS"),
    Channel.MAIL: _("Mail"),
    Channel.PUSH: _("Browser"),
}
WAYS = {
    "waiting": pgettext_lazy("message", "on its way"),
    "handed_over": pgettext_lazy("message", "sent"),
    "delivered": pgettext_lazy("message", "delivered"),
    "failed": pgettext_lazy("message", "not delivered"),
    "given_up": pgettext_lazy("message", "not delivered"),
    "dropped": pgettext_lazy("message", "not sent"),
    "collected": pgettext_lazy("message", "waits for the mail of the day"),
    "in_digest": pgettext_lazy("message", "in the mail of the day"),
}
