"""Endpoints of teams, messages, their deliveries and each attempt."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.portal.webhooks.rules import URL_LENGTH_MAX

ENDPOINT_STATES = ("on", "off", "disabled", "removed")
DELIVERY_STATES = ("waiting", "delivered", "exhausted", "cancelled")


class Endpoint(models.Model):
    """An address of a team's program. `disabled`: by us, after the last attempt failed; `off`: by the team."""

    id = models.UUIDField(primary_key=True)
    team = models.UUIDField(db_index=True)
    organization = models.CharField(max_length=140)
    url = models.CharField(max_length=URL_LENGTH_MAX)
    kinds = models.JSONField(default=list)
    test = models.BooleanField(help_text="hears of gifts made with test keys instead of real ones")
    sealed_secret = models.TextField()
    state = models.CharField(max_length=8, choices=[(state, state) for state in ENDPOINT_STATES], default="on")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)


class Message(models.Model):
    """One piece of news, as it is sent. `once`: the news under which it is written down a single time."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    body = models.TextField()
    once = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()


class Delivery(models.Model):
    """A message for an endpoint. `series` grows when it is sent anew by hand; `tries` counts within it."""

    id = models.UUIDField(primary_key=True)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=9, choices=[(state, state) for state in DELIVERY_STATES], default="waiting")
    series = models.PositiveSmallIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "message"], name="one_delivery_each")]
        indexes = [models.Index(fields=["endpoint", "-created_at"], name="webhook_deliveries")]


class Attempt(AppendOnly):
    """One try: what was answered, or why nothing was."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=20)
    took_ms = models.PositiveIntegerField()
