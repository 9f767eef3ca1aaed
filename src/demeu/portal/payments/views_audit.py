"""The auditor's page: who did what in the portal, and which promises of the books do not hold."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demeu.contracts.words import Role
from demeu.kernel.checks import broken_invariants, invariants
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments import asking
from demeu.portal.payments.desk import page
from demeu.portal.payments.forms import AuditForm
from demeu.portal.payments.queries import audit_lines

LINES_A_PAGE = 50


@require_safe
@for_roles(Role.AUDITOR)
def audit(request: HttpRequest) -> HttpResponse:
    """The audit with filters; promises of the portal and of the treasury."""
    form = AuditForm(request.GET or None)
    words = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Paginator(audit_lines(**words), LINES_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "fields": form,
        "form": form if form.errors else None,
        "page": found,
        "rows": [(line, list(line.facts.items())) for line in found],
        "promises": len(invariants()),
        "broken": broken_invariants(),
        "treasury": asking.treasury_promises(actor_of_request(request)),
    }
    return page(request, "audit", "payments:audit", 422 if form.errors else 200, **shown)
