"""What every step of a payout does: lock it, check who acts, tell about it."""

from uuid import UUID

from demeu.contracts.treasury import PayoutChanged
from demeu.kernel.errors import forbidden, not_found
from demeu.kernel.events import announce
from demeu.treasury.payouts.models import Payout

ROLE = "role:treasury"


def locked_payout(payout: UUID) -> Payout:
    """The payout, locked until the transaction ends; raises `payout.unknown`."""
    row = Payout.objects.select_for_update().filter(id=payout).first()
    if row is None:
        raise not_found("payout.unknown", payout=str(payout))
    return row


def check_actor(actor: str, person: UUID) -> None:
    """A person acts as nobody else: `payout.not_yourself`."""
    if actor.startswith("person:") and actor != f"person:{person}":
        raise forbidden("payout.not_yourself")


def items_of(row: Payout) -> tuple[UUID, ...]:
    """The items that a payout pays for, in its order."""
    return tuple(row.items.order_by("position").values_list("item", flat=True))


def announce_payout(row: Payout) -> None:
    """Tell the present state of a payout."""
    announce(PayoutChanged(payout=row.id, case=row.case, items=items_of(row), state=row.state))
