"""A field for a sum that somebody gives or wants back."""

from typing import Any

from django import forms

from demeu.kernel.errors import Refusal
from demeu.portal.giving.rules import amount_of
from demeu.portal.ui.refusals import text_of

LETTERS_MAX = 60


class TengeField(forms.CharField):
    """Written as people write money; cleaned to tiyn, or None when nothing was written and nothing has to be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LETTERS_MAX, **options)

    def clean(self, value: Any) -> int | None:
        """Tiyn within the limits of one gift; what cannot be read is said in the reader's words."""
        written = super().clean(value)
        try:
            return amount_of(written) if written else None
        except Refusal as refusal:
            raise forms.ValidationError(text_of(refusal)) from None
