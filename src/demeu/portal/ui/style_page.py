"""The living style page of the demo: every component in its states, and each layout, with invented values.

Shown only when the profile is demo; a page for people who build pages, so it stores and asks nothing.
"""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.kernel.errors import not_found
from demeu.portal.ui.money_states import MoneyStates

CASE_MONEY = MoneyStates(11_980_000, 48_600_000, 9_400_000, 3_120_000, 78_980_000)
ALL_MONEY = MoneyStates(384_820_490_000, 21_248_000_000, 18_961_560_000, 3_664_000_000)
SMALL_MONEY = MoneyStates(0, 10_000_000, 0, 15_000_000, 31_200_000)
REGION_COUNTS = {
    "61": 132, "35": 104, "75": 98, "19": 82, "71": 76, "79": 75, "31": 71, "43": 63, "10": 58, "15": 55,
    "39": 52, "63": 50, "11": 49, "47": 47, "27": 46, "33": 44, "55": 43, "23": 41, "59": 38, "62": 24,
}  # fmt: skip
LAYOUTS = ("form", "cabinet", "desk", "problem")


class SampleForm(forms.Form):
    """A form with one of each field and mistakes in it."""

    iin = forms.CharField(max_length=12)
    amount = forms.CharField()


def _sample_form() -> SampleForm:
    form = SampleForm({"iin": "84061230", "amount": ""})
    form.fields["iin"].label = _("IIN")
    form.fields["amount"].label = _("Sum")
    form.errors.clear()
    form.add_error("iin", _("An IIN has 12 digits, yours has 8"))
    form.add_error("amount", _("Write the sum in figures, for example 7 500."))
    return form


def _trail() -> list[dict[str, Any]]:
    return [
        {"when": "done", "state": "received", "date": _("31 October"), "title": _("Received"), "proof": "391 204",
         "text": _("Your gift is written into the open journal."), "proof_href": "#"},
        {"when": "done", "state": "held", "date": _("6 November"), "title": _("In reserve for this family"),
         "text": _("This money cannot be spent on anything else without the givers' consent."), "proof": "396 511"},
        {"when": "done", "state": "paid", "date": _("8 November"), "title": _("Paid to the supplier"),
         "text": _("Two signatures: finance officer and curator."), "proof": "399 870"},
        {"when": "now", "state": "", "date": _("by 28 November"), "title": _("Delivery to the family"),
         "text": _("Promised: 20 days after payment.")},
        {"when": "ahead", "state": "", "date": _("by 5 December"), "title": _("Report to the givers"), "text": ""},
    ]  # fmt: skip


def _context() -> dict[str, Any]:
    return {
        "money": CASE_MONEY,
        "all_money": ALL_MONEY,
        "small_money": SMALL_MONEY,
        "full_money": MoneyStates(0, 0, 17_000_000, 7_750_000, 24_750_000),
        "empty_money": MoneyStates(goal_tiyn=31_200_000),
        "groups": range(1, 8),
        "counts": REGION_COUNTS,
        "trail": _trail(),
        "form": _sample_form(),
        "page": Paginator(range(240), 24).page(4),
        "when": datetime(2026, 11, 22, 9, 6, tzinfo=UTC),
        "yes_no": [
            ("yes", _("Yes, ask them"), _("The consent holds for 90 days. You can withdraw it at any time.")),
            ("no", _("No, I will bring documents"), _("It takes longer but does not affect the decision.")),
        ],
        "amounts": [(250_000, _("a third of a lesson")), (750_000, _("one lesson")), (1_500_000, _("two lessons"))],
        "step_names": [_("Sum"), _("Payment"), _("Done")],
        "tabs": [
            {"href": "?tab=facts", "label": _("Facts"), "count": 11, "now": True},
            {"href": "?tab=needs", "label": _("Needs"), "count": 5, "now": False},
            {"href": "?tab=visit", "label": _("Visit"), "count": None, "now": False},
        ],
        "sources": [
            _("Family: GBD FL"),
            _("Income: Ministry of Finance"),
            _("School: NOBD"),
            _("Debts: PKB, none overdue"),
        ],
        "ways": [{"href": "?", "label": _("Search the whole country"), "count": 3}],
        "crumbs": [{"href": "/", "label": _("Cases")}, {"href": "", "label": "№ 26-10482"}],
        "fact_rows": [(_("Sum"), "7 500 ₸"), (_("Commission"), "0 ₸")],
        "checks": [
            {"icon": "check", "text": _("The consent is valid")},
            {"icon": "warning", "text": _("Address and income differ"), "look": "gold"},
        ],
        "cabinet_items": [
            {"href": "#", "label": _("Overview"), "icon": "home", "now": True},
            {"href": "#", "label": _("My gifts"), "icon": "gift", "now": False},
            {"href": "#", "label": _("Saved"), "icon": "bookmark", "now": False},
            {"href": "#", "label": _("Reports"), "icon": "receipt", "now": False},
            {"href": "#", "label": _("Profile"), "icon": "user", "now": False},
        ],
        "desk_items": [
            {"href": "#", "label": _("Queue"), "count": 14, "now": True},
            {"href": "#", "label": _("Visits"), "count": 6, "now": False},
        ],
        "desk_name": _("Curator K-117"),
        "sandbox_keys": [("individual", _("Test person")), ("head", _("Test head of organisation"))],
    }


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in its states."""
    return render(request, "ui/style/components.html", _context())


@require_safe
def layout(request: HttpRequest, layout: str) -> HttpResponse:
    """One layout with sample content."""
    if layout not in LAYOUTS:
        raise not_found("page.unknown")
    return render(request, f"ui/style/{layout}.html", _context())
