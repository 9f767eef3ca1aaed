"""Tables of allocation: what was decided, by which version of the rule, and why."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Allocation(AppendOnly):
    """A part of a gift meant for one item. Money given back later is a release with a negative amount."""

    id = models.UUIDField(primary_key=True)
    transfer = models.UUIDField(db_index=True)
    gift = models.UUIDField(db_index=True)
    case = models.UUIDField(db_index=True)
    item = models.UUIDField()
    amount_tiyn = models.BigIntegerField()
    rule_version = models.CharField(max_length=20)
    why = models.JSONField()
    at = models.DateTimeField()
