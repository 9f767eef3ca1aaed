"""The form of the check: `proof`."""

from django import forms
from django.utils.translation import gettext_lazy as _

PROOF_LENGTH_MAX = 40_000


class ProofForm(forms.Form):
    """The proof text of a receipt."""

    proof = forms.CharField(
        label=_("The text of the proof"),
        help_text=_("The file proof.txt of your receipt, from the first line to the last."),
        max_length=PROOF_LENGTH_MAX,
        strip=False,
    )
