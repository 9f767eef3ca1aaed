"""The form of a pledge.

Posted to /company/pledge/: `pledge` (UUID made when the form is shown), `kind` (gift, match), `amount` (tenge as
written), `target` (`group:<code>`, `region:<КАТО>`, `programme:<code>`, `fund:1`, …), `until` (date, for match), `rest`
(give, return), `named` (on), `offer` (on), `offer_version`.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Refusal
from demeu.portal.companies.planning import THEMES
from demeu.portal.companies.rules import target_of
from demeu.portal.companies.wording import KIND_TEXTS, REST_TEXTS
from demeu.portal.giving.fields import TengeField
from demeu.portal.ui.refusals import text_of

CHOOSE = {"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")}


class PledgeForm(forms.Form):
    """What kind, how much, for what, until when."""

    pledge = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What the company promises"), initial="gift", error_messages=CHOOSE,
        choices=[(kind, KIND_TEXTS[kind][0]) for kind in KIND_TEXTS],
    )  # fmt: skip
    amount = TengeField(label=_("Sum, or the limit of doubling"))
    target = forms.CharField(label=_("What it is for"), max_length=60)
    until = forms.DateField(label=_("Last day of doubling"), required=False)
    rest = forms.ChoiceField(
        label=_("If something is left on that day"), initial="give", error_messages=CHOOSE,
        choices=[(rest, REST_TEXTS[rest][0]) for rest in REST_TEXTS],
    )  # fmt: skip
    named = forms.BooleanField(required=False)
    offer = forms.BooleanField(
        error_messages={"required": _("Please accept the public offer: without it we may not take money.")}
    )
    offer_version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean(self) -> dict[str, Any]:
        """The purpose as `wanted`."""
        cleaned = super().clean() or self.cleaned_data
        if "target" in cleaned and "kind" in cleaned:
            try:
                cleaned["wanted"] = target_of(cleaned["target"], cleaned["kind"])
            except Refusal as refusal:
                self.add_error("target", text_of(refusal))
        return cleaned


class PlanForm(forms.Form):
    """Budgets of a year: `budget-<theme>` in tenge; empty means none."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for theme in THEMES:
            self.fields[f"budget-{theme}"] = TengeField(label=_("Budget"), required=False)

    def amounts_tiyn(self) -> dict[str, int]:
        """Theme → tiyn, of those that have a budget."""
        found = {theme: self.cleaned_data.get(f"budget-{theme}") for theme in THEMES}
        return {theme: tiyn for theme, tiyn in found.items() if tiyn}
