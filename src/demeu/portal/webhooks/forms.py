"""The form of an address, posted to /partner/webhooks/: `url`, `kinds` (repeated), `world` (live, test)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.portal.webhooks.rules import OFFERED, URL_LENGTH_MAX
from demeu.portal.webhooks.wording import KINDS, WORLDS


class EndpointForm(forms.Form):
    """Where to send, and what."""

    url = forms.CharField(
        label=_("Address of your server"), max_length=URL_LENGTH_MAX,
        error_messages={"required": _("Write an address that begins with https://.")},
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("What to tell"), choices=[(str(kind), KINDS[kind]) for kind in OFFERED], initial=["gift.received"],
        error_messages={"required": _("Choose at least one kind of news."),
                        "invalid_choice": _("Choose one of the answers.")},
    )  # fmt: skip
    world = forms.ChoiceField(
        label=_("Of which gifts"), choices=[(name, texts[0]) for name, texts in WORLDS.items()], initial="live",
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
    )  # fmt: skip
