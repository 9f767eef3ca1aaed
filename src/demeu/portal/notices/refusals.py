"""Words for refusals of messages."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "message.unknown": _("There is no such message."),
    "message.not_awaited": _("This question has already been answered."),
    "message.not_yours": _("These messages belong to somebody else."),
    "notices.unknown_token": _("This link is not one of ours, or its letter is no longer known."),
    "push.endpoint_not_allowed": _("We do not know the push service of this browser."),
    "push.key_invalid": _("The browser gave a key that we cannot use."),
    "push.too_many_devices": _("Ten browsers are told already. Forget them and add this one again."),
    "code.no_mail": _("Give a mail address first."),
    "person.email_invalid": _("This does not look like a mail address."),
}
