"""Fields of the desk of school checks, with their names as posted.

POST /desk/school-checks/: `check` (uuid made by the page), `number`, `iin`, `phone`. POST /desk/school-checks/<check>/:
`do` send_code | confirm | refuse; with confirm `code` (uuid) and `digits`. POST /desk/school-checks/upload/: `list`
(uuid made by the page), `file`. POST /desk/school-checks/upload/<list>/: `do` confirm | drop.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.kernel import clock
from demeu.portal.school_checks.rules import Request, faults_of, tidy
from demeu.portal.school_checks.wording import FAULTS, FIELD_OF_FAULT


class RequestForm(forms.Form):
    """One request: the school's number of it, the parent's IIN and phone."""

    check = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Number of the request"), help_text=_("From the school's own journal, for example 12/2026"),
        max_length=11,
    )  # fmt: skip
    iin = forms.CharField(
        label=_("IIN of the parent or guardian"), help_text=_("Twelve digits; not the pupil's"), max_length=20
    )
    phone = forms.CharField(
        label=_("Phone of the parent"), max_length=30, required=False,
        help_text=_("Used only when we do not know the parent; otherwise the code goes to the phone that they gave us"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each fault at its field."""
        cleaned = super().clean() or {}
        if not self.errors:
            for reason in faults_of(self.request(), clock.today()):
                self.add_error(FIELD_OF_FAULT[reason], FAULTS[reason])
        return cleaned

    def request(self) -> Request:
        """What was asked for."""
        fields = self.cleaned_data
        return tidy(fields.get("number", ""), fields.get("iin", ""), fields.get("phone", ""))
