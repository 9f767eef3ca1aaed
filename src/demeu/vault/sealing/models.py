"""How far each rotation of a key is. Never a key, only its id."""

from django.db import models


class Rotation(models.Model):
    """The resealing of one field under a fresh key; goes on where it stopped. At most one at a time for a field."""

    RUNNING, DONE, RETIRED = "running", "done", "retired"

    id = models.UUIDField(primary_key=True)
    field = models.CharField(max_length=40)
    key_id = models.CharField(max_length=8)
    state = models.CharField(max_length=10)
    rows_total = models.BigIntegerField()
    rows_seen = models.BigIntegerField(default=0)
    last_row = models.CharField(max_length=64, blank=True, default="")
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["field"], condition=models.Q(state="running"), name="rotation_one_at_a_time"
            )
        ]
