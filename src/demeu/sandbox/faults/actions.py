"""Planting, using up and clearing faults."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from demeu.kernel.clock import now
from demeu.kernel.errors import invalid
from demeu.sandbox.faults.models import PlantedFault
from demeu.sandbox.faults.rules import ANY_SERVICE, DELAY_S_MAX, OWN_FAULTS, Fault, is_known


@dataclass(frozen=True)
class Struck:
    """The fault a message met (a `Fault`, or one of the service's own); `delay_s` matters for a delay only."""

    fault: str
    delay_s: float = 0.0


@transaction.atomic
def plant_fault(*, service: str, fault: str, iin: str = "", times: int | None = None, delay_s: float = 30.0) -> None:
    """Let a service fail from now on; `none` clears what was planted for the service (and IIN)."""
    if not is_known(service, fault):
        raise invalid("fault.unknown", known=sorted([*(one.value for one in Fault), *OWN_FAULTS.get(service, ())]))
    if not 0 <= delay_s <= DELAY_S_MAX or (times is not None and times < 1):
        raise invalid("fault.out_of_range")
    if fault == Fault.NONE:
        planted = PlantedFault.objects.all() if service == ANY_SERVICE else PlantedFault.objects.filter(service=service)
        (planted.filter(iin=iin) if iin else planted).delete()
        return
    PlantedFault.objects.create(service=service, fault=fault, iin=iin, times=times, delay_s=delay_s, made_at=now())


@transaction.atomic
def strike(*, service: str, iins: list[str]) -> Struck:
    """The newest fault that fits the service and one of the people; one with `times` is used up by one."""
    found = (
        PlantedFault.objects.select_for_update()
        .filter(Q(service=service) | Q(service=ANY_SERVICE), Q(iin="") | Q(iin__in=iins))
        .order_by("-made_at", "-id")
        .first()
    )
    if found is None:
        return Struck(Fault.NONE)
    if found.times == 1:
        found.delete()
    elif found.times is not None:
        found.times -= 1
        found.save(update_fields=["times"])
    return Struck(found.fault, found.delay_s)


def clear_faults() -> None:
    """Forget every fault."""
    PlantedFault.objects.all().delete()
