"""Reading pledges and the gifts that they may double."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings

from demeu.contracts.treasury import GiftTarget, Invoice, Pledge
from demeu.kernel import clock
from demeu.treasury.donations.queries import GiftView, gift_view, held_gifts, items_by_id, items_of_cases
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.pledges.models import CompanyPledge, Match
from demeu.treasury.pledges.rules import Candidate, Kind, Purpose, doubles, state_of


def pledges_of(company: UUID) -> list[Pledge]:
    """A company's pledges, newest first."""
    return [pledge_card(row) for row in CompanyPledge.objects.filter(company=company).order_by("-made_at", "id")]


def doubling_now() -> list[Pledge]:
    """Paid pledges that double gifts now, the one that ends first first."""
    rows = CompanyPledge.objects.filter(kind=Kind.MATCH, ended_at=None, until__gt=clock.now()).order_by("until", "id")
    return [card for card in map(pledge_card, rows) if card.state == "matching"]


def open_matches() -> list[UUID]:
    """Pledges to double that have not ended, oldest first."""
    rows = CompanyPledge.objects.filter(kind=Kind.MATCH, ended_at=None).order_by("made_at", "id")
    return list(rows.values_list("id", flat=True))


def candidates(row: CompanyPledge, *, since: datetime) -> Iterator[Candidate]:
    """Gifts of others that the pledge doubles and has not yet, in the order in which the bank confirmed them."""
    assert row.until is not None
    done = set(Match.objects.filter(pledge=row).values_list("gift", flat=True))
    pledged = set(CompanyPledge.objects.values_list("id", flat=True))
    for gift in held_gifts(since=since, until=row.until):
        if gift.id in done or gift.id in pledged:
            continue
        if doubles(target=row.target_kind, code=row.target_code, purpose=purpose_of(gift)):
            yield Candidate(gift.id, gift.amount_tiyn - gift.addition_tiyn - gift.returned_tiyn)


def purpose_of(gift: GiftView) -> Purpose:
    """What a gift was given for."""
    known = []
    if gift.target_id is not None:
        known = items_by_id([gift.target_id]) if gift.target_kind == "item" else items_of_cases([gift.target_id])
    group, region = (known[0].group, known[0].region_kato) if known else ("", "")
    return Purpose(gift.target_kind, gift.target_code, group, region)


def pledge_card(row: CompanyPledge) -> Pledge:
    """A pledge as its company sees it."""
    given = gift_view(row.id)
    return Pledge.model_validate(
        {
            "pledge": row.id,
            "company": row.company,
            "kind": row.kind,
            "amount_tiyn": row.amount_tiyn,
            "target": GiftTarget.model_validate({"kind": row.target_kind, "code": row.target_code or None}),
            "state": state_of(
                kind=Kind(row.kind),
                paid=given.held_at is not None,
                ended=row.ended_at is not None,
                matched_tiyn=row.matched_tiyn,
                amount_tiyn=row.amount_tiyn,
            ),
            "matched_tiyn": row.matched_tiyn,
            "matches": row.matches.count(),
            "made_at": row.made_at,
            "paid_at": given.held_at,
            "until": row.until,
            "rest": row.rest,
            "invoice": _invoice(row),
        }
    )


def _invoice(row: CompanyPledge) -> Invoice:
    order = order_of(row.id)
    assert order is not None
    return Invoice(
        holder=settings.DEMEU_TREASURY_FUND_NAME,
        iban=settings.DEMEU_TREASURY_FUND_IBAN,
        bic=settings.DEMEU_TREASURY_FUND_BIC,
        amount_tiyn=row.amount_tiyn,
        purpose=f"DEMEU-{order.number}",
    )
