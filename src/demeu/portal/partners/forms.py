"""The form of a new key, posted to /partner/keys/: `kind` (test, team, live), `scopes` (repeated), `label`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.portal.partners.rules import LABEL_LENGTH_MAX
from demeu.portal.partners.wording import KINDS, SCOPES

CHOOSE = {"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")}


class KeyForm(forms.Form):
    """What kind of key, what it opens, what it is called."""

    kind = forms.ChoiceField(
        label=_("What the key is for"), choices=[(kind, KINDS[kind][0]) for kind in KINDS], initial="test",
        error_messages=CHOOSE,
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What it opens beside the public data"), choices=list(SCOPES.items()), required=False,
        initial=["gifts:read"],
        error_messages=CHOOSE,
    )  # fmt: skip
    label = forms.CharField(
        label=_("Name of the key"), max_length=LABEL_LENGTH_MAX,
        error_messages={"required": _("Give the key a name, so that you know it again.")},
    )  # fmt: skip
