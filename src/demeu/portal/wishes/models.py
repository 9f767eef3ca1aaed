"""Items of a case's wish list."""

from django.db import models
from django.db.models import F, Q

from demeu.portal.wishes.states import ItemState


class Item(models.Model):
    """One thing that is needed: code of the price list, how many, at what price, and where it stands."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveIntegerField()
    quantity_max = models.PositiveIntegerField(help_text="what the facts show is needed")
    unit_price_tiyn = models.BigIntegerField()
    amount_tiyn = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=[(str(s), str(s)) for s in ItemState], default=ItemState.PROPOSED)
    source = models.CharField(max_length=20, help_text="registry that the fact came from")
    covered_by = models.CharField(max_length=60, blank=True, help_text="number of the state service that covers it")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_tiyn=F("quantity") * F("unit_price_tiyn")), name="item_sum_exact"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0, unit_price_tiyn__gt=0), name="item_positive"),
        ]
