"""Reading orders and callbacks."""

from uuid import UUID

from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder


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
