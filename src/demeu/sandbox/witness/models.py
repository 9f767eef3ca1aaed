"""What the witness remembers: one head for each log."""

from django.db import models


class WatchedLog(models.Model):
    """A log that the witness knows, with the key it was first seen with and the largest head it has cosigned."""

    origin = models.CharField(max_length=200, primary_key=True)
    vkey = models.CharField(max_length=400)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(default=b"")
    seen_at = models.DateTimeField(null=True)
