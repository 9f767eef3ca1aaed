"""What companies' pages ask of the treasury. A silent treasury is an answer."""

from uuid import UUID

from django.core.cache import cache

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.portal.companies.models import PledgeIntent
from demeu.portal.companies.rules import end_of

DEADLINE_S = 4.0
NOW_KEY = "companies.doubling"
NOW_KEPT_S = 30


def made(row: PledgeIntent, actor: str) -> treasury.Pledge:
    """The pledge with its invoice; asked again it is the same."""
    body = treasury.PledgeMake.model_validate(
        {
            "pledge": row.pledge,
            "company": row.company,
            "kind": row.kind,
            "amount_tiyn": row.amount_tiyn,
            "target": {"kind": row.target_kind, "code": row.target_code or None},
            "until": end_of(row.until) if row.until else None,
            "rest": row.rest,
            "donor": row.made_by,
            "offer_version": row.offer_version,
            "lang": row.lang,
        }
    )
    return ask("treasury", treasury.PLEDGE_MAKE, body, actor=actor, purpose=Purpose.DONATION)


def standing(company: UUID, actor: str) -> dict[UUID, treasury.Pledge] | None:
    """A company's pledges as they stand; None while the treasury is away."""
    question = treasury.PledgeFilter(company=company)
    with suppressed(Kind.UNAVAILABLE):
        found = ask(
            "treasury", treasury.PLEDGE_LIST, question, actor=actor, purpose=Purpose.DONATION, deadline_s=DEADLINE_S
        )
        return {one.pledge: one for one in found.pledges}
    return None


def doubling_now() -> tuple[treasury.Pledge, ...]:
    """The doubling that goes on, at most half a minute old; none while the treasury is away."""
    kept: tuple[treasury.Pledge, ...] | None = cache.get(NOW_KEY)
    if kept is None:
        kept = ()
        with suppressed(Kind.UNAVAILABLE):
            question = treasury.PledgeFilter()
            kept = ask(
                "treasury", treasury.PLEDGE_LIST, question, actor="guest", purpose=Purpose.DONATION, deadline_s=1.5
            ).pledges
        cache.set(NOW_KEY, kept, NOW_KEPT_S)
    return kept
