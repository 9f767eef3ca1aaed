"""Messages, replies and one-time codes. Texts and phones are sealed."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class OutgoingMessage(models.Model):
    """One message to one person. `once` makes a second telling of the same thing have no effect."""

    WAITING, SENT, NO_PHONE = "waiting", "sent", "no_phone"

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    template = models.CharField(max_length=60)
    lang = models.CharField(max_length=2)
    text = models.BinaryField(default=b"")
    once = models.CharField(max_length=120, unique=True)
    awaits = models.CharField(max_length=120, null=True)
    answered_at = models.DateTimeField(null=True)
    asked_again = models.BooleanField(default=False)
    state = models.CharField(max_length=10)
    provider_id = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "-created_at"],
                name="message_awaiting",
                condition=models.Q(awaits__isnull=False, answered_at__isnull=True),
            )
        ]


class IncomingReply(AppendOnly):
    """A reply that the operator handed over, once per operator's number; its words are not kept."""

    provider_id = models.CharField(max_length=64, primary_key=True)
    message = models.ForeignKey(OutgoingMessage, null=True, on_delete=models.PROTECT)
    answer = models.CharField(max_length=10)
    at = models.DateTimeField()


class OneTimeCode(models.Model):
    """Six digits sent to a phone. `digits_blind` is a keyed hash bound to this row."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=60)
    phone = models.BinaryField()
    digits_blind = models.BinaryField()
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
