"""Kept tables: each is counted by one job and read as it stands, so that no visitor waits for a sum over all cases."""

from django.db import models


class KeptTable(models.Model):
    """One table: rows of keys and figures, without words and without hiding; when it was counted and how long it took.

    It must never leave the portal as it is: `queries` hides the small cells first.
    """

    name = models.CharField(max_length=40, primary_key=True)
    rows = models.JSONField()
    counted_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
