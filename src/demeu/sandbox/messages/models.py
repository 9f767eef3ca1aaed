"""Messages of the sandbox phones, the telling of replies, letters, browsers, and faults that were asked for."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Message(AppendOnly):
    """One SMS: ``in`` reached the phone, ``out`` was written by its owner, ``lost`` never arrived."""

    number = models.CharField(max_length=15)
    direction = models.CharField(max_length=4, choices=[("in", "in"), ("out", "out"), ("lost", "lost")])
    partner = models.CharField(max_length=11, blank=True)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField(default=1)
    gateway = models.CharField(max_length=10, blank=True, default="")
    fate = models.CharField(max_length=12, default="delivered")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["number", "id"], name="messages_of_number")]


class ReplyDelivery(models.Model):
    """Telling the platform about one reply."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT)
    attempts = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)


class Letter(AppendOnly):
    """One mail as it came over SMTP; `raw` is every byte of it."""

    sender = models.CharField(max_length=254)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    raw = models.BinaryField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["recipient", "id"], name="letters_of_recipient")]


class Browser(models.Model):
    """A browser that subscribed at the sandbox's push service: its address part and its keys (base64url)."""

    token = models.CharField(max_length=43, primary_key=True)
    private_key = models.CharField(max_length=43)
    public_key = models.CharField(max_length=88)
    auth = models.CharField(max_length=22)
    sender_key = models.CharField(max_length=88, blank=True)
    gone = models.BooleanField(default=False)
    made_at = models.DateTimeField()


class PushNotice(AppendOnly):
    """One notice that a browser could decrypt, with the headers of its delivery."""

    browser = models.ForeignKey(Browser, on_delete=models.PROTECT)
    text = models.TextField()
    urgency = models.CharField(max_length=10, blank=True)
    ttl_s = models.PositiveIntegerField()
    at = models.DateTimeField()


class GatewayFault(models.Model):
    """One order to fail; `times` null means until cleared."""

    gateway = models.CharField(max_length=10)
    fault = models.CharField(max_length=14)
    times = models.PositiveIntegerField(null=True)
    delay_s = models.FloatField(default=0.0)
    made_at = models.DateTimeField()
