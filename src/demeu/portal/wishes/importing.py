"""Taking over the open items of a case that is already published. Repeating it changes nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demeu.kernel.audit import record
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.states import ItemState


@transaction.atomic
def import_item(
    *, item: UUID, case: UUID, code: str, quantity: int, unit_price_tiyn: int, position: int, at: datetime, by: str
) -> None:
    """One open item of the price list."""
    price_list().price(code)
    _, created = Item.objects.get_or_create(
        id=item,
        defaults={
            "case": case,
            "code": code,
            "quantity": quantity,
            "quantity_max": quantity,
            "unit_price_tiyn": unit_price_tiyn,
            "amount_tiyn": quantity * unit_price_tiyn,
            "state": ItemState.OPEN,
            "source": "",
            "position": position,
            "created_at": at,
            "updated_at": at,
        },
    )
    if created:
        record(actor=by, action="item.import", subject=f"item:{item}", case=case)
