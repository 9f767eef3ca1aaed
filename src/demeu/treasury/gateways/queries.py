"""Reading orders and callbacks."""

from collections.abc import Sequence
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder, InstrumentUse, Refund


def order_of(gift: UUID) -> GatewayOrder | None:
    """The order of a gift."""
    return GatewayOrder.objects.filter(gift=gift).first()


def gift_of_order(number: int) -> UUID | None:
    """The gift behind an order number."""
    return GatewayOrder.objects.filter(number=number).values_list("gift", flat=True).first()


def secret_of_order(number: int) -> str:
    """The order's secret; empty when there is no such order."""
    return GatewayOrder.objects.filter(number=number).values_list("secret", flat=True).first() or ""


def callback_gift(callback: UUID) -> UUID | None:
    """The gift that a genuine-looking callback is about; None for a forged or foreign one."""
    row = GatewayCallback.objects.filter(id=callback).first()
    if row is None or not row.secret_ok or row.order_number is None:
        return None
    return gift_of_order(row.order_number)


def approved_refunds(*, limit: int) -> list[tuple[UUID, UUID]]:
    """Refunds that are to be sent, with their gifts; oldest decision first."""
    rows = Refund.objects.filter(state="approved").order_by("decided_at")
    return list(rows.values_list("id", "gift")[:limit])


def refunds(*, states: Sequence[str], gift: UUID | None, limit: int) -> list[Refund]:
    """Refunds in these states (all when empty), the most urgent decision first."""
    rows = Refund.objects.all()
    rows = rows.filter(state__in=states) if states else rows
    rows = rows.filter(gift=gift) if gift else rows
    return list(rows.order_by("due_at", "id")[:limit])


def refund_card(row: Refund) -> contract.Refund:
    """A refund as others may see it."""
    return contract.Refund(
        refund=row.id,
        gift=row.gift,
        amount_tiyn=row.amount_tiyn,
        state=row.state,
        reason=row.reason,
        asked_at=row.asked_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        paid_at=row.paid_at,
        refusal=row.refusal,
        by_hand=row.by_hand,
    )


def instruments_of(gifts: Sequence[UUID]) -> dict[UUID, str]:
    """The keyed hash of the card that paid each gift, where one is known."""
    return dict(InstrumentUse.objects.filter(gift__in=gifts).values_list("gift", "digest"))
