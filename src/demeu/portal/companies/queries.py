"""Reading what companies promised."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from demeu.kernel.errors import not_found
from demeu.portal.companies.models import Budget, CompanyPage, EmployeeShare, PledgeIntent
from demeu.portal.giving.queries import gifts_of
from demeu.portal.giving.rules import IntentState


def pledge_of(pledge: UUID, company: UUID) -> PledgeIntent:
    """A company's own pledge; `company.unknown_pledge` for any other."""
    row = PledgeIntent.objects.filter(pledge=pledge, company=company).first()
    if row is None:
        raise not_found("company.unknown_pledge")
    return row


def pledges_of(company: UUID) -> list[PledgeIntent]:
    """A company's pledges, newest first."""
    return list(PledgeIntent.objects.filter(company=company).order_by("-created_at", "pledge"))


def names_of(pledges: Iterable[UUID]) -> dict[UUID, str]:
    """Pledge → the company's name, of those that want to be named."""
    rows = PledgeIntent.objects.filter(pledge__in=list(pledges), named=True)
    return dict(rows.values_list("pledge", "organization"))


def budgets_of(company: UUID, year: int) -> dict[str, int]:
    """Theme → what the company means to give in a year, tiyn."""
    return dict(Budget.objects.filter(company=company, year=year).values_list("theme", "amount_tiyn"))


def page_of(company: UUID) -> CompanyPage | None:
    """What the company wished of its public page."""
    return CompanyPage.objects.filter(company=company).first()


def public_page(company: UUID) -> CompanyPage:
    """A page that the company wants; `company.no_page` for any other."""
    row = CompanyPage.objects.filter(company=company, public=True).first()
    if row is None:
        raise not_found("company.no_page")
    return row


def shares_giving(company: UUID, person: UUID) -> bool:
    """Whether this employee's gifts count in the company's sum."""
    return EmployeeShare.objects.filter(company=company, person=person).exists()


def employees_gifts(company: UUID, year: int) -> list[int]:
    """What each employee who wished it gave in a year since then, tiyn; nobody is named."""
    found = []
    for share in EmployeeShare.objects.filter(company=company).order_by("id"):
        rows = gifts_of(share.person).filter(
            state=IntentState.RECEIVED, received_at__year=year, received_at__gte=share.since
        )
        found.append(int(rows.order_by().aggregate(total=Sum("amount_tiyn"))["total"] or 0))
    return found
