"""Messages of the sandbox phones and the telling of replies."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Message(AppendOnly):
    """One SMS: ``in`` reached the phone, ``out`` was written by its owner."""

    number = models.CharField(max_length=15)
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    partner = models.CharField(max_length=11, blank=True)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["number", "id"], name="messages_of_number")]


class ReplyDelivery(models.Model):
    """Telling the platform about one reply."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT)
    attempts = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
