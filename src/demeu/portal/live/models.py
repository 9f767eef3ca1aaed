"""Notes of changes, kept for an hour so that a page that lost its stream hears what it missed."""

from django.db import models


class Change(models.Model):
    """One change. `id` is what a stream sends as its event's id."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=80)
    sums = models.JSONField(null=True, help_text="public sums of a case in tiyn, by state; none for anything else")
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="live_topic")]
