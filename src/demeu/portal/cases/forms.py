"""Forms of the application, one per kind of question.

Posted to /apply/<id>/<question>/: `answer` (choice), `region` (place), `words`, `phone` and `lang` (contact),
`answer` yes|no, `ticks` and `fields-<registry>` (repeated, fact codes; consent); then /apply/<id>/consent/sign/ takes
`attempt`, `cms` or `code`, `digits`.
"""

from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import HOUSEHOLD_REGISTRIES
from demeu.portal.cases.narrowing import LeftOut, left_out
from demeu.portal.cases.questions import Question
from demeu.portal.cases.rules import WORDS_LENGTH_MAX
from demeu.portal.cases.wording import CHOICE_TEXTS
from demeu.portal.ui.regions import REGIONS


class ChoiceForm(forms.Form):
    """One of the question's answers."""

    answer = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Choose one of the answers.")})

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = CHOICE_TEXTS[question.code]
        self.fields["answer"].choices = [(code, texts[code][0]) for code in question.choices]  # type: ignore[attr-defined]
        self.options = [(code, texts[code][0], texts[code][1]) for code in question.choices]


class PlaceForm(forms.Form):
    """The region."""

    region = forms.ChoiceField(label=_("Region"), error_messages={"required": _("Choose a region.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted((region.name(), region.code) for region in REGIONS.values())
        self.fields["region"].choices = [("", _("Choose a region")), *[(code, name) for name, code in rows]]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Free words; sealed to vault at once."""

    words = forms.CharField(
        label=_("Your words"),
        widget=forms.Textarea,
        max_length=WORDS_LENGTH_MAX,
        error_messages={"required": _("Write a few words, even one sentence helps.")},
    )


class ContactForm(forms.Form):
    """Phone and language of messages."""

    phone = forms.CharField(label=_("Mobile phone"), help_text=_("For example +7 701 123 45 67"), max_length=30)
    lang = forms.ChoiceField(
        label=_("Language of messages"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def clean_phone(self) -> str:
        """The number in E.164 form; Kazakh numbers may be written with 8 or +7."""
        try:
            number = phonenumbers.parse(self.cleaned_data["phone"], "KZ")
        except phonenumbers.NumberParseException:
            raise forms.ValidationError(_("This is not a phone number. Write it like +7 701 123 45 67.")) from None
        if not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(_("This phone number has too few or too many digits."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class ConsentForm(forms.Form):
    """Yes, ask; or no."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Yes, ask them")), ("no", _("No, do not ask"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def clean(self) -> dict[str, Any]:
        """The answer, with what is left out beside it."""
        return {**(super().clean() or {}), "left_out": self.left_out()}

    def left_out(self) -> LeftOut:
        """What of each registry is not ticked; nothing, when the form that was sent has no ticks at all."""
        if not hasattr(self.data, "getlist") or "ticks" not in self.data:
            return {}
        return left_out({one: self.data.getlist(f"fields-{one.value}") for one in HOUSEHOLD_REGISTRIES})


class OtherPersonForm(forms.Form):
    """A person whom an institution helps to apply; a person without IIN or phone can be entered too."""

    application = forms.UUIDField(widget=forms.HiddenInput)
    surname = forms.CharField(label=_("Surname"), max_length=120)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=120, required=False)
    iin = forms.CharField(label=_("IIN"), max_length=12, required=False, help_text=_("Leave empty if there is none"))
    birth_date = forms.DateField(label=_("Date of birth"), required=False)
    phone = forms.CharField(label=_("Mobile phone"), max_length=30, required=False)
