"""Reading payouts and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.kernel.errors import not_found
from demeu.treasury.donations.queries import items_by_id
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account, LotBalance
from demeu.treasury.payouts.approvals import lacking_approvals
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.rules import OVER, ItemMeans, settle_step
from demeu.treasury.proofs.queries import places_of


def payout_view(payout: UUID) -> contract.Payout:
    """One payout; raises `payout.unknown`."""
    row = Payout.objects.filter(id=payout).first()
    if row is None:
        raise not_found("payout.unknown", payout=str(payout))
    return views_of([row])[0]


def filtered_payouts(*, states: Sequence[str], case: UUID | None, limit: int) -> list[contract.Payout]:
    """Payouts in these states (all when empty), newest first."""
    rows = Payout.objects.all()
    if states:
        rows = rows.filter(state__in=states)
    if case is not None:
        rows = rows.filter(case=case)
    return views_of(list(rows.order_by("-prepared_at", "-id").prefetch_related("items", "approvals", "quotes")[:limit]))


@dataclass(frozen=True)
class PayeeMovement:
    """A payout as monitoring sees it."""

    payout: UUID
    payee: UUID
    amount_tiyn: int
    prepared_at: datetime


def payouts_since(since: datetime, *, payee: UUID | None = None) -> list[PayeeMovement]:
    """Payouts prepared from a moment on that were not rejected or returned, of one payee when given."""
    rows = Payout.objects.filter(prepared_at__gte=since).exclude(state__in=OVER)
    if payee is not None:
        rows = rows.filter(payee=payee)
    wanted = rows.order_by("prepared_at").values_list("id", "payee", "amount_tiyn", "prepared_at")
    return [PayeeMovement(*row) for row in wanted]


def item_means(items: Sequence[UUID]) -> list[ItemMeans]:
    """What decides whether these items may be paid for."""
    waiting = {balance.lot.item for balance in lots(items=items, accounts=[Account.RECEIVED])}
    return [
        ItemMeans(
            item=known.item,
            case=known.case,
            curator=known.curator,
            funded=known.funded_tiyn == known.amount_tiyn,
            waiting=known.item in waiting,
        )
        for known in items_by_id(items)
    ]


def held_lots(items: Sequence[UUID]) -> list[LotBalance]:
    """Held money of these items, in the items' order, oldest gift first."""
    order = {item: at for at, item in enumerate(items)}
    held = lots(items=items, accounts=[Account.HELD])
    return sorted(held, key=lambda balance: (order[balance.lot.item] if balance.lot.item else 0, str(balance.lot.gift)))


def reserved_lots(payout: UUID) -> list[LotBalance]:
    """Money set aside for a payout."""
    return lots(payout=payout, accounts=[Account.RESERVED])


def views_of(rows: Sequence[Payout]) -> list[contract.Payout]:
    """Payouts for the contract."""
    places = places_of(settle_step(row.id) for row in rows)
    return [
        contract.Payout(
            payout=row.id,
            case=row.case,
            items=tuple(part.item for part in sorted(row.items.all(), key=lambda part: part.position)),
            payee=row.payee,
            amount_tiyn=row.amount_tiyn,
            invoice_number=row.invoice_number,
            payee_kind=cast(contract.PayeeKind, row.payee_kind),
            state=row.state,
            prepared_at=row.prepared_at,
            preparer=row.preparer,
            approver=row.approver,
            settled_at=row.settled_at,
            warnings=tuple(row.warnings),
            log_index=places.get(settle_step(row.id)),
            required=row.required,
            lacking=lacking_approvals(row.required, [given.role for given in row.approvals.all()]),
            approvals=tuple(
                contract.PayoutApproval(
                    approver=given.approver, role=given.role, signature=given.signature, at=given.at
                )
                for given in sorted(row.approvals.all(), key=lambda given: given.id)
            ),
            reasons=tuple(contract.PayoutReason.model_validate(reason) for reason in row.reasons),
            held_until=row.held_until,
            stopped=row.stopped,
            quotes=tuple(
                contract.PayoutQuote(
                    item=quote.item,
                    code=quote.code,
                    quantity=quote.quantity,
                    price_tiyn=quote.price_tiyn,
                    document=quote.document,
                    chosen=quote.chosen,
                )
                for quote in sorted(row.quotes.all(), key=lambda quote: quote.id)
            ),
        )
        for row in rows
    ]
