"""Tables of orders and callbacks. A callback is kept without the payer's personal fields."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class GatewayOrder(AppendOnly):
    """The unique map between a gift and its number at a gateway."""

    number = models.BigIntegerField(primary_key=True)
    gift = models.UUIDField(unique=True)
    gateway = models.CharField(max_length=12)
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField()


class GatewayCallback(AppendOnly):
    """What a gateway sent, as it came less personal fields. `secret_ok` = it knew the order's secret."""

    id = models.UUIDField(primary_key=True)
    gateway = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    order_number = models.BigIntegerField(null=True, db_index=True)
    secret_ok = models.BooleanField()
    body = models.JSONField()
    at = models.DateTimeField(db_index=True)


class KaspiPayment(AppendOnly):
    """A payment that Kaspi has made, by its own txn_id; its number here is what Kaspi gets as prv_txn_id."""

    id = models.BigAutoField(primary_key=True)
    txn = models.CharField(max_length=30, unique=True)
    order_number = models.BigIntegerField(unique=True)
    amount_tiyn = models.BigIntegerField()
    txn_date = models.CharField(max_length=14)
    at = models.DateTimeField()
