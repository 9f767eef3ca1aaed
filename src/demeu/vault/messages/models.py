"""Messages, their ways to a person, replies, one-time codes, wishes. Texts, phones and addresses are sealed."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class OutgoingMessage(models.Model):
    """One message to one person: it stands in the cabinet. `once` makes a second telling have no effect."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    template = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, default="application")
    lang = models.CharField(max_length=2)
    text = models.BinaryField(default=b"")
    check_code = models.CharField(max_length=8, null=True, unique=True)
    once = models.CharField(max_length=120, unique=True)
    awaits = models.CharField(max_length=120, null=True)
    answered_at = models.DateTimeField(null=True)
    asked_again = models.BooleanField(default=False)
    in_inbox = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "-created_at"],
                name="message_awaiting",
                condition=models.Q(awaits__isnull=False, answered_at__isnull=True),
            ),
            models.Index(fields=["person", "-created_at"], name="message_inbox", condition=models.Q(in_inbox=True)),
            models.Index(
                fields=["person"],
                name="message_unread",
                condition=models.Q(in_inbox=True, read_at__isnull=True),
            ),
        ]


class Delivery(models.Model):
    """One message on one channel. `address` is where it went; `refusal` why the last attempt failed, a code."""

    WAITING, HANDED_OVER, DELIVERED = "waiting", "handed_over", "delivered"
    FAILED, GIVEN_UP, DROPPED = "failed", "given_up", "dropped"
    COLLECTED, IN_DIGEST = "collected", "in_digest"

    id = models.UUIDField(primary_key=True)
    message = models.ForeignKey(OutgoingMessage, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=4)
    state = models.CharField(max_length=12, default=WAITING)
    to_pending = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    gateway = models.CharField(max_length=20, blank=True, default="")
    provider_id = models.CharField(max_length=64, blank=True, default="")
    address = models.BinaryField(default=b"")
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    next_receipt_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel")]
        indexes = [
            models.Index(
                fields=["next_receipt_at"], name="delivery_receipts", condition=models.Q(next_receipt_at__isnull=False)
            ),
            models.Index(fields=["due_at"], name="delivery_due"),
            models.Index(fields=["due_at", "state"], name="delivery_collected", condition=models.Q(state="collected")),
        ]


class IncomingReply(AppendOnly):
    """A reply that the operator handed over, once per operator's number; its words are not kept."""

    provider_id = models.CharField(max_length=64, primary_key=True)
    message = models.ForeignKey(OutgoingMessage, null=True, on_delete=models.PROTECT)
    answer = models.CharField(max_length=10)
    at = models.DateTimeField()


class OneTimeCode(models.Model):
    """Six digits sent to a phone or a mail address (`phone`). `digits_blind` is a keyed hash bound to this row."""

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


class SwitchedOff(models.Model):
    """The channels that a person switched off for one kind of message."""

    person = models.UUIDField()
    kind = models.CharField(max_length=20)
    channels = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="switched_off_once_a_kind")]


class Habits(models.Model):
    """When a person is left in peace, and the hour of the one mail of the day, if they wish one."""

    person = models.UUIDField(primary_key=True)
    quiet_from = models.PositiveSmallIntegerField()
    quiet_until = models.PositiveSmallIntegerField()
    digest_hour = models.PositiveSmallIntegerField(null=True)


class ConfirmedMail(models.Model):
    """The address to which a code was sent and read back, by its blind value; another address is not confirmed."""

    person = models.UUIDField(primary_key=True)
    address_blind = models.BinaryField()
    at = models.DateTimeField()


class PushDevice(models.Model):
    """A browser that wishes to be told: its subscription, sealed; one row an endpoint."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    endpoint_blind = models.BinaryField(unique=True)
    subscription = models.BinaryField()
    created_at = models.DateTimeField()
