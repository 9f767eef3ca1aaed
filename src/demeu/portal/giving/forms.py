"""The form of giving.

Posted to /give/: one of `case` (number), `item` (id), `group` (code), `region` (КАТО), `programme` (code), `fund`,
`sustainability`, `reserve` (1); `gift` (UUID made when the form is shown), `suggested` (tiyn, a tile) and/or `amount`
(tenge as written; wins over the tile), `addition` (tenge as written or absent), `fallback` (same_group, same_region,
most_urgent, ask, return), `every` (month; once when absent), `anonymous` (on), `gateway` (halyk when absent),
`dedication` (a code or absent), `offer` (on), `offer_version`, `currency` (KZT or absent).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.money import decimal_tenge
from demeu.portal.giving.rules import (
    AMOUNT_TIYN_MIN,
    DEDICATIONS,
    FALLBACKS,
    GATEWAYS,
    addition_of,
    amount_of,
    check_currency,
    within_limit,
)
from demeu.portal.giving.wording import DEDICATION_TEXTS, EVERY_TEXTS, FALLBACK_TEXTS, GATEWAY_TEXTS
from demeu.portal.ui.refusals import text_of


class GiftForm(forms.Form):
    """How much, what if it is already enough, how to be shown, and the public offer."""

    gift = forms.UUIDField(widget=forms.HiddenInput)
    suggested = forms.CharField(required=False, max_length=20)
    amount = forms.CharField(label=_("Another sum"), required=False, max_length=60)
    fallback = forms.ChoiceField(
        label=_("If this case already has enough"),
        choices=[(way, FALLBACK_TEXTS[way][0]) for way in FALLBACKS],
        initial=FALLBACKS[0],
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
    )
    anonymous = forms.BooleanField(required=False)
    gateway = forms.ChoiceField(
        label=_("How you would like to pay"),
        choices=[(name, GATEWAY_TEXTS[name][0]) for name in GATEWAYS],
        initial=GATEWAYS[0],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    dedication = forms.ChoiceField(
        label=_("Dedicate the gift"),
        choices=[("", _("Without a dedication")), *((code, DEDICATION_TEXTS[code]) for code in DEDICATIONS)],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[(code, EVERY_TEXTS[code][0]) for code in EVERY_TEXTS],
        initial="once",
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    addition = forms.CharField(label=_("Add for running the platform"), required=False, max_length=60)
    offer = forms.BooleanField(
        error_messages={"required": _("Please accept the public offer: without it we may not take money.")}
    )
    offer_version = forms.CharField(widget=forms.HiddenInput, max_length=40)
    currency = forms.CharField(required=False, max_length=10)

    def clean_gateway(self) -> str:
        """The first way of paying unless another was chosen."""
        return str(self.cleaned_data["gateway"] or GATEWAYS[0])

    def clean_currency(self) -> str:
        """Only tenge."""
        try:
            check_currency(self.cleaned_data["currency"])
        except Refusal as refusal:
            raise forms.ValidationError(text_of(refusal)) from None
        return "KZT"

    def clean_addition(self) -> int:
        """Tiyn; nothing unless the donor wrote something."""
        try:
            return addition_of(str(self.cleaned_data["addition"]))
        except Refusal as refusal:
            raise forms.ValidationError(text_of(refusal)) from None

    def clean(self) -> dict[str, Any]:
        """The sum in tiyn as `amount_tiyn`: what was written, else the tile."""
        cleaned = super().clean() or self.cleaned_data
        try:
            cleaned["addition_tiyn"] = cleaned.get("addition") or 0
            cleaned["amount_tiyn"] = within_limit(self._amount() + cleaned["addition_tiyn"])
        except Refusal as refusal:
            self.add_error("amount", text_of(refusal))
        return cleaned

    def _amount(self) -> int:
        written = self.cleaned_data.get("amount", "").strip()
        if written:
            return amount_of(written)
        tile = self.cleaned_data.get("suggested", "")
        if not tile and "amount" in self.errors:
            raise invalid("money.unreadable")
        if not (tile.isascii() and tile.isdigit()):
            raise invalid("gift.no_amount", least_tiyn=AMOUNT_TIYN_MIN)
        return amount_of(decimal_tenge(int(tile)))
