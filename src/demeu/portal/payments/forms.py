"""Forms of the desks.

/desk/payouts/new/?case=NUMBER: `payout` (UUID made with the form), `items` (one or more ids), `payee` (id),
`payee_kind`, `invoice_number`, `amount` (tenge; empty = the sum of the chosen items), `invoice` (file, if any).
/desk/payouts/payees/new/?case=NUMBER: `payee` (UUID made with the form), `name`, `bin`, `iban`.
/desk/payouts/<payout>/approve/: `attempt`, `cms`. /desk/payouts/<payout>/reject/: `reason`.
/desk/deliveries/<item>/: `words`, `photo` (file, if any). /desk/deliveries/problems/<message>/: `answer`.
/desk/audit/ (GET): `actor`, `action`, `subject`, `day` (YYYY-MM-DD), `page`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.money import parse_tenge
from demeu.portal.payments.rules import (
    ACT_WORDS_MAX,
    INVOICE_BYTES_MAX,
    iban_problem,
    number_problem,
    plain_iban,
)
from demeu.portal.payments.wording import IBAN_TEXTS, NUMBER_TEXTS, PAYEE_KINDS, PROBLEM_ANSWERS
from demeu.portal.ui.refusals import text_of

CHOOSE = _("Choose one of the answers.")


class PaidTo(NamedTuple):
    """An item in words, and the kinds of payee that the price list lets it be paid to."""

    name: str
    kinds: Sequence[str]


class PayoutForm(forms.Form):
    """Which items, to whom, on which invoice, how much."""

    payout = forms.UUIDField(widget=forms.HiddenInput)
    items = forms.MultipleChoiceField(
        label=_("Items to pay for"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one item."), "invalid_choice": _("Choose items of this list.")},
    )
    payee = forms.ChoiceField(
        label=_("Payee"),
        error_messages={"required": _("Choose a payee."), "invalid_choice": _("Choose a payee of the list.")},
    )
    payee_kind = forms.ChoiceField(
        label=_("Paid as"),
        choices=list(PAYEE_KINDS.items()),
        error_messages={"required": _("Choose as what the payee is paid."), "invalid_choice": _("Choose of the list.")},
    )
    invoice_number = forms.CharField(label=_("Number of the invoice"), max_length=40)
    amount = forms.CharField(label=_("Sum of the invoice"), required=False, max_length=60)
    invoice = forms.FileField(label=_("Invoice (photo or PDF)"), required=False)

    def __init__(
        self,
        *args: Any,
        items: dict[str, int],
        payees: list[tuple[str, str]],
        named: dict[str, PaidTo] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sums, self.named = items, named or {}
        self.fields["items"].choices = [(item, item) for item in items]  # type: ignore[attr-defined]
        self.fields["payee"].choices = [("", _("Choose a payee")), *payees]  # type: ignore[attr-defined]

    def clean_invoice(self) -> UploadedFile[Any] | None:
        """Not larger than vault takes."""
        return small_enough(self.cleaned_data["invoice"])

    def clean(self) -> dict[str, Any]:
        """The sum in tiyn as `amount_tiyn`: as written, else of the chosen items; the payee fits every item."""
        cleaned = super().clean() or self.cleaned_data
        for item in cleaned.get("items", []):
            self._check_payable(item, cleaned.get("payee_kind", ""))
        written = cleaned.get("amount", "").strip()
        try:
            chosen = sum(self.sums[item] for item in cleaned.get("items", []))
            cleaned["amount_tiyn"] = int(parse_tenge(written)) if written else chosen
            if cleaned["amount_tiyn"] <= 0 < chosen:
                raise invalid("money.unreadable")
        except Refusal as refusal:
            self.add_error("amount", text_of(refusal))
        return cleaned

    def _check_payable(self, item: str, kind: str) -> None:
        paid_to = self.named.get(item)
        if not kind or paid_to is None or kind in paid_to.kinds:
            return
        may = ", ".join(str(PAYEE_KINDS[one]) for one in paid_to.kinds)
        self.add_error(
            "payee_kind",
            _("By the price list, “%(item)s” is paid only to: %(kinds)s.") % {"item": paid_to.name, "kinds": may},
        )


class PayeeForm(forms.Form):
    """A payee whose numbers agree with their check digits."""

    payee = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name as in the contract"), max_length=140)
    bin = forms.CharField(label=_("BIN or IIN"), max_length=20, help_text=_("12 digits; the last one is checked"))
    iban = forms.CharField(label=_("Account (IBAN)"), max_length=40, help_text=_("KZ and 18 characters; checked"))

    def clean_bin(self) -> str:
        """Twelve digits whose check digit agrees."""
        text = "".join(self.cleaned_data["bin"].split())
        problem = number_problem(text)
        if problem:
            raise forms.ValidationError(str(NUMBER_TEXTS[problem]))
        return text

    def clean_iban(self) -> str:
        """An account in Kazakhstan whose check digits agree."""
        problem = iban_problem(self.cleaned_data["iban"])
        if problem:
            raise forms.ValidationError(str(IBAN_TEXTS[problem]))
        return plain_iban(self.cleaned_data["iban"])


class RejectForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Write the reason: the other officer will read it.")},
    )


class ActForm(forms.Form):
    """What was handed over, and a photo of the things if there is one."""

    words = forms.CharField(
        label=_("What was handed over, where, to whom"),
        max_length=ACT_WORDS_MAX,
        min_length=5,
        widget=forms.Textarea,
        help_text=_("Kept in the vault; donors see only that there is an act."),
    )
    photo = forms.FileField(label=_("Photo of the things, not of people"), required=False)

    def clean_photo(self) -> UploadedFile[Any] | None:
        """Not larger than vault takes."""
        return small_enough(self.cleaned_data["photo"])


class ProblemForm(forms.Form):
    """What came of a family's «no»."""

    answer = forms.ChoiceField(
        label=_("What came of it"),
        choices=list(PROBLEM_ANSWERS.items()),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class AuditForm(forms.Form):
    """Words to look for in the audit."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=120)
    action = forms.CharField(label=_("What"), required=False, max_length=80)
    subject = forms.CharField(label=_("About what"), required=False, max_length=120)
    day = forms.DateField(label=_("Day"), required=False, error_messages={"invalid": _("Write the day as 2026-11-22.")})


def small_enough(file: UploadedFile[Any] | None) -> UploadedFile[Any] | None:
    """The file, unless it is larger than vault takes."""
    if file is not None and (file.size or 0) > INVOICE_BYTES_MAX:
        raise forms.ValidationError(text_of(invalid("document.too_large")))
    return file
