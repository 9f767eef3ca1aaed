"""Writing a pledge down before the treasury is asked for its invoice. No money moves here."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid
from demeu.portal.companies.models import Budget, CompanyPage, EmployeeShare, PledgeIntent
from demeu.portal.companies.planning import THEMES, check_year
from demeu.portal.companies.rules import check_same, check_until, company_of
from demeu.portal.giving.rules import WHOLE_FUNDS, Wanted
from demeu.portal.legal.actions import accept

OF_ONE_PLEDGE = ("company", "kind", "amount_tiyn", "target_kind", "target_code", "until", "rest", "named")


@transaction.atomic
def make_pledge(
    *,
    pledge: UUID,
    organization: str,
    kind: str,
    amount_tiyn: int,
    wanted: Wanted,
    until: date | None,
    rest: str,
    named: bool,
    offer_version: str,
    lang: str,
    person: UUID,
    by: str,
) -> PledgeIntent:
    """A promise under the id of its form; the same form again is the same promise.

    Refuses `company.not_named`, `company.until`, `company.changed`, `legal.text_changed`.
    """
    fields = {
        "company": company_of(organization),
        "kind": kind,
        "amount_tiyn": amount_tiyn,
        "target_kind": wanted.kind,
        "target_code": "" if wanted.kind in WHOLE_FUNDS else wanted.text,
        "until": check_until(until, kind=kind, today=clock.today()),
        "rest": rest,
        "named": named,
    }
    known = PledgeIntent.objects.select_for_update().filter(pledge=pledge).first()
    if known is None:
        accept(kind="offer", version=offer_version, subject=f"pledge:{pledge}", by=by)
        known = PledgeIntent.objects.create(
            pledge=pledge, organization=" ".join(organization.split()), made_by=person, offer_version=offer_version,
            lang=lang, created_at=clock.now(), **fields,
        )  # fmt: skip
        record(actor=by, action="pledge.begin", subject=f"pledge:{pledge}", amount_tiyn=amount_tiyn, kind=kind)
    check_same(tuple(getattr(known, name) for name in OF_ONE_PLEDGE), tuple(fields[name] for name in OF_ONE_PLEDGE))
    return known


@transaction.atomic
def plan_year(*, organization: str, year: int, amounts_tiyn: Mapping[str, int], by: str) -> None:
    """The budgets of a year, all at once; a theme left out has none. Refuses `company.theme`, `company.year`."""
    company = company_of(organization)
    if set(amounts_tiyn) - set(THEMES):
        raise invalid("company.theme")
    Budget.objects.filter(company=company, year=check_year(year)).delete()
    Budget.objects.bulk_create(
        Budget(company=company, year=year, theme=theme, amount_tiyn=tiyn)
        for theme, tiyn in amounts_tiyn.items()
        if tiyn > 0
    )
    record(actor=by, action="company.plan", subject=f"company:{company}", year=year)


@transaction.atomic
def show_company(*, organization: str, public: bool, by: str) -> None:
    """Whether the company has a public page."""
    company = company_of(organization)
    CompanyPage.objects.update_or_create(
        company=company,
        defaults={"organization": " ".join(organization.split()), "public": public, "changed_at": clock.now()},
    )
    record(actor=by, action="company.page", subject=f"company:{company}", public=public)


@transaction.atomic
def share_giving(*, organization: str, person: UUID, on: bool) -> None:
    """An employee's own gifts count in the company's sum from now on, or no more."""
    company = company_of(organization)
    if on:
        EmployeeShare.objects.get_or_create(company=company, person=person, defaults={"since": clock.now()})
    else:
        EmployeeShare.objects.filter(company=company, person=person).delete()
    record(actor=f"person:{person}", action="company.share", subject=f"person:{person}", on=on)
