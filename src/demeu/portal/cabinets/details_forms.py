"""Forms of what a person tells of themselves, and the words of their choices. They check form only: vault decides.

POST /my/details/ with `do` and, each with its prefix: spelling (`spelling-surname|given_name|patronymic`),
contact (`contact-kind|value|protected`), paper (`paper-kind|number|issued_on|expires_on`),
tie (`tie-key|role|surname|given_name|patronymic|iin|together|ground`); protect (`kind`, `value`, `protected`);
untie (`tie`).
"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from demeu.contracts.numbers import is_iin

GROUND_BYTES_MAX = 10 * 1024 * 1024
CONTACT_KINDS = {"phone": _("Phone"), "email": _("E-mail"), "address": _("Address")}
PAPER_KINDS = {
    "id_card": _("Identity card"),
    "passport": _("Passport"),
    "birth_certificate": _("Birth certificate"),
    "residence_permit": _("Residence permit"),
    "refugee_certificate": _("Refugee certificate"),
}
TIE_ROLES = {
    "spouse": _("Husband or wife"),
    "child": _("Son or daughter"),
    "parent": _("Mother or father"),
    "sibling": _("Brother or sister"),
    "grandparent": _("Grandmother or grandfather"),
    "guardian": _("Guardian"),
    "trustee": _("Trustee"),
    "representative": _("Representative"),
}
# These may sign a consent in the person's place, so a document must stand behind them.
MAY_ACT = ("guardian", "trustee", "representative")
REQUIRED = {"required": _("Fill this in.")}
DAY = {"invalid": _("Write the day as day, month and year.")}
# Where on its form a refusal of vault belongs; any other stands above it.
FIELD_OF = {
    "person.no_name": "surname",
    "person.phone_invalid": "value",
    "person.email_invalid": "value",
    "person.address_invalid": "value",
    "person.iin_invalid": "iin",
    "paper.number_invalid": "number",
    "paper.of_another": "number",
    "paper.dates": "expires_on",
    "tie.of_two": "iin",
    "tie.known": "role",
    "tie.no_ground": "ground",
}


class Names(forms.Form):
    """A name as documents write it."""

    surname = forms.CharField(label=_("Surname"), max_length=120, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A surname or a given name at least."""
        cleaned = super().clean() or {}
        if not cleaned.get("surname") and not cleaned.get("given_name"):
            self.add_error("surname", _("Write a surname or a given name."))
        return cleaned


class ContactForm(forms.Form):
    """A further way to the person."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(CONTACT_KINDS.items()))
    value = forms.CharField(label=_("Number, mail or address"), max_length=300, error_messages=REQUIRED)
    protected = forms.BooleanField(required=False)


class PaperForm(forms.Form):
    """An identity document."""

    kind = forms.ChoiceField(label=_("Document"), choices=list(PAPER_KINDS.items()))
    number = forms.CharField(
        label=_("Number"), max_length=40, error_messages=REQUIRED, help_text=_("With its series, if it has one.")
    )
    issued_on = forms.DateField(label=_("Issued on"), required=False, error_messages=DAY)
    expires_on = forms.DateField(label=_("Valid until"), required=False, error_messages=DAY)


class TieForm(Names):
    """Somebody of the family, or who may act for the person."""

    field_order = ("role", "surname", "given_name", "patronymic", "iin", "together", "ground")

    key = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Who this is to you"), choices=list(TIE_ROLES.items()))
    iin = forms.CharField(label=_("Their IIN"), max_length=12, error_messages=REQUIRED)
    together = forms.BooleanField(required=False)
    ground = forms.FileField(
        label=_("The document behind it"),
        required=False,
        help_text=_("Needed for a guardian, a trustee and a representative. Photograph or PDF, up to 10 MB."),
    )

    def clean_iin(self) -> str:
        """Twelve digits that fit together."""
        number = str(self.cleaned_data["iin"]).strip()
        if not is_iin(number):
            raise forms.ValidationError(_("There is no such IIN. Check all twelve digits."))
        return number

    def clean_ground(self) -> UploadedFile | None:  # type: ignore[type-arg]
        """The file, unless it is too large."""
        file = self.cleaned_data.get("ground")
        if file is not None and (file.size or 0) > GROUND_BYTES_MAX:
            raise forms.ValidationError(_("A file may have up to 10 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """Who may act needs a document."""
        cleaned = super().clean()
        if cleaned.get("role") in MAY_ACT and not cleaned.get("ground") and "ground" not in self.errors:
            self.add_error("ground", _("Whoever may act for you needs a document: add it."))
        return cleaned
