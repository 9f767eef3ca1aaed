"""The form of the check: `proof` or `file`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Refusal
from demeu.portal.proofs.reading import PROOF_LENGTH_MAX, mended, proof_in
from demeu.portal.ui.refusals import text_of


class ProofForm(forms.Form):
    """A receipt as a file, or the text of its proof; cleaned to `proof`."""

    file = forms.FileField(
        label=_("The receipt as PDF, or its file proof.txt"),
        help_text=_("A photo of the receipt’s code only shows which record it is; the PDF itself proves it."),
        required=False,
        max_length=200,
    )
    proof = forms.CharField(
        label=_("Or the text of the proof"),
        help_text=_("The file proof.txt of your receipt, from the first line to the last."),
        max_length=PROOF_LENGTH_MAX,
        required=False,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """The text of the file when there is one, else what was pasted."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            try:
                given["proof"] = proof_in(file.read())
            except Refusal as refusal:
                self.add_error("file", text_of(refusal))
        elif not given.get("proof", "").strip() and not self.errors:
            self.add_error("proof", _("Give a file or paste the text."))
        if given.get("proof"):
            given["proof"] = mended(given["proof"])
        return given
