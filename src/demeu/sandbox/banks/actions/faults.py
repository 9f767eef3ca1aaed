"""Misbehaviour of the bank on demand. A fault acts a stated number of times and is then used up."""

from django.db import transaction

from demeu.sandbox.banks.models import Fault

KINDS = ("reject_payment", "return_payment", "delay_settlement", "duplicate_entry", "decline_recurring")


@transaction.atomic
def plan_fault(*, kind: str, times: int, reason: str, delay_s: int, end_to_end_id: str) -> None:
    """Ask for misbehaviour (values already checked)."""
    Fault.objects.create(kind=kind, times_left=times, reason=reason, delay_s=delay_s, end_to_end_id=end_to_end_id)


@transaction.atomic
def clear_faults() -> None:
    """The bank behaves again."""
    Fault.objects.all().delete()


def use_fault(kind: str, end_to_end_id: str = "") -> Fault | None:
    """The oldest fault that acts now, used once; inside the caller's transaction."""
    found = (
        Fault.objects.select_for_update()
        .filter(kind=kind, times_left__gt=0, end_to_end_id__in=("", end_to_end_id))
        .order_by("id")
        .first()
    )
    if found is not None:
        found.times_left -= 1
        found.save()
    return found
