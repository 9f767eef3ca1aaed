"""Checking a receipt. Says plainly when the journal does not answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from demeu.portal.catalogue import ledger
from demeu.portal.proofs import wording
from demeu.portal.proofs.forms import ProofForm


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """`/verify/`: field `proof`. A proof that does not hold is an answer (200), an unreadable form is not (422)."""
    form = ProofForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "asked": False}
    if request.method == "POST" and form.is_valid():
        checked = ledger.checked(form.cleaned_data["proof"].replace("\r\n", "\n"))
        steps = [(wording.LOG_STEPS[step.name], step.ok) for step in checked.steps] if checked else []
        shown |= {"asked": True, "checked": checked, "steps": steps}
        return render(request, "proofs/verify.html", shown, status=200 if checked else 503)
    return render(request, "proofs/verify.html", shown, status=422 if form.errors else 200)
