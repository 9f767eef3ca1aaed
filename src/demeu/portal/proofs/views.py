"""Checking a receipt. Says plainly when the journal does not answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from demeu.contracts.treasury import LogChecked
from demeu.kernel.money import format_tenge
from demeu.portal.catalogue import ledger
from demeu.portal.proofs import wording
from demeu.portal.proofs.forms import ProofForm
from demeu.portal.ui.wording import language

RECORD_DIGITS_MAX = 15


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """`/verify/`: `proof` or `file`; `record` is what a receipt's code names.

    A proof that does not hold is an answer (200), what cannot be a receipt is not (422).
    """
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm()
    shown: dict[str, Any] = {"form": form, "asked": False, "record": _record(request)}
    if request.method == "POST" and form.is_valid():
        checked = ledger.checked(form.cleaned_data["proof"])
        shown |= {"asked": True, "checked": checked, **(_explained(checked) if checked else {})}
        return render(request, "proofs/verify.html", shown, status=200 if checked else 503)
    return render(request, "proofs/verify.html", shown, status=422 if form.errors else 200)


def _record(request: HttpRequest) -> int | None:
    asked = request.GET.get("record", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= RECORD_DIGITS_MAX else None


def _explained(checked: LogChecked) -> dict[str, Any]:
    """Every step with its outcome (None: not reached), what a failure means, the facts with their names."""
    outcomes = {str(step.name): step.ok for step in checked.steps}
    failed = next((name for name, ok in outcomes.items() if not ok), "")
    return {
        "steps": [(words, outcomes.get(name)) for name, words in wording.LOG_STEPS.items()],
        "failed": failed,
        "means": wording.MEANS.get(failed),
        "facts": [(wording.FACTS.get(name, name), _fact(name, value)) for name, value in checked.facts.items()],
    }


def _fact(name: str, value: str) -> str:
    return format_tenge(int(value), language()) if name == "amount_tiyn" and value.isdigit() else value
