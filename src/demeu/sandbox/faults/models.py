"""Faults that were asked for and are not used up."""

from django.db import models

from demeu.kernel.ids import new_id


class PlantedFault(models.Model):
    """One order to fail; `times` null means until cleared, empty `iin` means for everybody."""

    id = models.UUIDField(primary_key=True, default=new_id)
    service = models.CharField(max_length=64)
    fault = models.CharField(max_length=32)
    iin = models.CharField(max_length=12, blank=True)
    times = models.PositiveIntegerField(null=True)
    delay_s = models.FloatField(default=30.0)
    made_at = models.DateTimeField()
