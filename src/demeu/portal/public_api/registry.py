"""The public registry of organizations as the API says it, kept for a minute."""

from django.core.cache import cache

from demeu.portal.organizations.queries import Standing, registry
from demeu.portal.public_api import schemas
from demeu.portal.public_api.showing import address

KEPT, KEPT_S = "public_api.organizations", 60


def organizations() -> list[schemas.Organization]:
    """Every organization, in the order of names."""
    kept: list[schemas.Organization] | None = cache.get(KEPT)
    if kept is None:
        kept = sorted((_told(one) for one in registry()), key=lambda row: row.name)
        cache.set(KEPT, kept, KEPT_S)
    return kept


def _told(one: Standing) -> schemas.Organization:
    return schemas.Organization(
        name=one.organization.name,
        kind=one.organization.kind,
        url=address("organizations:organization", one.organization.id),
        checked_until=one.organization.checked_until,
        cases=one.cases,
        second_visits=one.second_visits,
        agreed=one.agreed,
        complaints_upheld=one.upheld,
        overdue_reports=len(one.overdue),
    )
