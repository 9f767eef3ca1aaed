"""Writing a pledge down before the treasury is asked for its invoice. No money moves here."""

from datetime import date
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.portal.companies.models import PledgeIntent
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
