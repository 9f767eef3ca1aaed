"""Faults of gateways: planting, striking, clearing. Nothing fails that nobody asked to."""

import threading
from typing import Any

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import invalid
from demeu.sandbox.messages.models import GatewayFault
from demeu.sandbox.messages.rules import DELAY_S_MAX, GATEWAYS, Fault


@transaction.atomic
def plant(*, gateway: str, fault: str, times: int | None = None, delay_s: float = 5.0) -> None:
    """Let a gateway fail from now on. Refuses `fault.unknown`, `fault.out_of_range`."""
    if gateway not in GATEWAYS or fault not in {one.value for one in Fault}:
        raise invalid("fault.unknown", known=sorted(one.value for one in Fault))
    if not isinstance(delay_s, (int, float)) or not 0 <= delay_s <= DELAY_S_MAX:
        raise invalid("fault.out_of_range")
    if times is not None and (not isinstance(times, int) or not 1 <= times <= 1_000_000):
        raise invalid("fault.out_of_range")
    GatewayFault.objects.create(gateway=gateway, fault=fault, times=times, delay_s=delay_s, made_at=clock.now())


def strike(gateway: str) -> Fault | None:
    """The newest fault of a gateway, one with `times` used up by one; a slow one is waited for here."""
    with transaction.atomic():
        row = GatewayFault.objects.select_for_update().filter(gateway=gateway).order_by("-made_at", "-id").first()
        if row is None:
            return None
        if row.times == 1:
            row.delete()
        elif row.times is not None:
            row.times -= 1
            row.save(update_fields=["times"])
    fault = Fault(row.fault)
    if fault is Fault.SLOW:
        threading.Event().wait(row.delay_s)
    return fault


def clear() -> None:
    """No faults any more."""
    GatewayFault.objects.all().delete()


def planted() -> list[dict[str, Any]]:
    """What is asked for now, newest first."""
    rows = GatewayFault.objects.order_by("-made_at", "-id")
    return [{"gateway": row.gateway, "fault": row.fault, "times": row.times, "delay_s": row.delay_s} for row in rows]
