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


def _field(
    label: str, autocomplete: str, length_max: int, mode: str = "text", placeholder: str = ""
) -> forms.CharField:
    attributes = {"autocomplete": autocomplete, "inputmode": mode, "placeholder": placeholder}
    return forms.CharField(label=label, max_length=length_max, widget=forms.TextInput(attrs=attributes))


class CardForm(forms.Form):
    """Card number, expiry, security code, name."""

    card = _field(_("Card number"), "cc-number", 30, "numeric")
    expiry = _field(_("Valid until (MM/YY)"), "cc-exp", 7, "numeric", "12/30")
    cvc = _field(_("Three digits on the back"), "cc-csc", 4, "numeric")
    name = _field(_("Name on the card"), "cc-name", 60)

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
