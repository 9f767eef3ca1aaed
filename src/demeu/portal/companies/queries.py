"""Reading what companies promised."""

from collections.abc import Iterable
from uuid import UUID

from demeu.kernel.errors import not_found
from demeu.portal.companies.models import PledgeIntent


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
