"""The company's form: `company` (name), `bin`, `income` (taxable income in tenge, may be empty). Nothing is stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Refusal
from demeu.kernel.money import parse_tenge
from demeu.portal.papers.rules import checked_bin
from demeu.portal.ui.refusals import text_of


class CompanyForm(forms.Form):
    """Whose papers these are and, if wished, the income from which the limit is counted."""

    company = forms.CharField(
        label=_("Name of the company"), max_length=200, error_messages={"required": _("Write the company's name.")}
    )
    bin = forms.CharField(label=_("BIN"), max_length=20, error_messages={"required": _("Write the 12 digits of BIN.")})
    income = forms.CharField(
        label=_("Taxable income of the year, tenge"),
        required=False,
        max_length=40,
        help_text=_("Only to count the limit. It is printed on your paper and kept nowhere."),
    )

    def clean_bin(self) -> str:
        """Twelve digits with a right check digit."""
        return str(self._read(checked_bin, "bin"))

    def clean_income(self) -> int | None:
        """Tiyn, or None when left empty."""
        return int(self._read(parse_tenge, "income")) if self.cleaned_data["income"].strip() else None

    def _read(self, reader: Any, name: str) -> Any:
        try:
            return reader(self.cleaned_data[name])
        except Refusal as refusal:
            raise forms.ValidationError(text_of(refusal)) from None
