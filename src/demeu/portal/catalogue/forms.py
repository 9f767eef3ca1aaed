"""Forms of the public pages and of publication, with their field names.

Report: `complaint` (id), `code`, `words`.
Publication: `title_kk` … `story_en`, `age_band`, `household_type`, button `do`.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.portal.catalogue import wording
from demeu.portal.catalogue.actions import WORDS_LENGTH_MAX
from demeu.portal.catalogue.rules import LENGTH_MAX, TEXT_FIELDS


class ReportForm(forms.Form):
    """Something is wrong with a case."""

    complaint = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.ChoiceField(label=_("What is wrong?"), choices=list(wording.COMPLAINTS.items()))
    words = forms.CharField(
        label=_("Tell us what you know"),
        help_text=_("Only the person who looks into it reads this. It is never published."),
        max_length=WORDS_LENGTH_MAX,
    )


class QuestionForm(forms.Form):
    """A question to the curator of a case."""

    question = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your question"),
        help_text=_("The curator answers in public, in words that name nobody. Your own words are not published."),
        max_length=WORDS_LENGTH_MAX,
    )


class PublicationForm(forms.Form):
    """Texts in three languages and what is to be shown of the family."""

    age_band = forms.ChoiceField(
        label=_("Age of the person helped"), required=False, choices=[("", _("not shown")), *wording.AGES.items()]
    )
    household_type = forms.ChoiceField(
        label=_("Household"), required=False, choices=[("", _("not shown")), *wording.HOUSEHOLDS.items()]
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in TEXT_FIELDS:
            longest = LENGTH_MAX[field.split("_")[0]]
            self.fields[field] = forms.CharField(label=wording.FIELDS[field], max_length=longest)
