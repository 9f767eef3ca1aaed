"""The two forms of the payment page. Never keeps what was typed: fields are checked and handed on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel import clock
from demeu.sandbox.banks.rules import cards
from demeu.sandbox.banks.rules.plain_text import printable

TEST_CARDS = (
    ("4405 6300 0000 0007", _("the payment succeeds")),
    ("4405 6300 0000 0023", _("a code is asked, then the payment succeeds")),
    ("4405 6300 0000 0015", _("the bank declines")),
    ("4405 6300 0000 0031", _("not enough money")),
    ("4405 6300 0000 0049", _("the money is held, not taken")),
)


def _entry(autocomplete: str, mode: str = "numeric", placeholder: str = "") -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "inputmode": mode, "placeholder": placeholder})


class CardForm(forms.Form):
    """Card number, expiry, security code, name."""

    card = forms.CharField(label=_("Card number"), max_length=30, widget=_entry("cc-number"))
    expiry = forms.CharField(label=_("Valid until (MM/YY)"), max_length=7, widget=_entry("cc-exp", placeholder="12/30"))
    cvc = forms.CharField(label=_("Three digits on the back"), max_length=4, widget=_entry("cc-csc"))
    name = forms.CharField(label=_("Name on the card"), max_length=60, widget=_entry("cc-name", "text"))

    def clean_card(self) -> str:
        """The digits, when the check digit is right."""
        card = cards.digits_of(self.cleaned_data["card"])
        if not cards.is_card_number(card):
            raise forms.ValidationError(_("This is not a card number. Check the digits."))
        return card

    def clean_expiry(self) -> str:
        """Not in the past."""
        expiry = str(self.cleaned_data["expiry"])
        if not cards.is_live_expiry(expiry, clock.today()):
            raise forms.ValidationError(_("Write the month and year as on the card, for example 12/30."))
        return expiry

    def clean_cvc(self) -> str:
        """Three digits."""
        cvc = str(self.cleaned_data["cvc"])
        if not cards.is_cvc(cvc):
            raise forms.ValidationError(_("Write the three digits from the back of the card."))
        return cvc

    def clean_name(self) -> str:
        """Printable."""
        return printable(self.cleaned_data["name"])


def filled(card: str) -> CardForm:
    """The form filled with a test card, not submitted."""
    known = card if card in dict(TEST_CARDS) else TEST_CARDS[0][0]
    year = clock.today().year % 100 + 4
    return CardForm(initial={"card": known, "expiry": f"12/{year:02d}", "cvc": "123", "name": "AIGERIM TEST"})
