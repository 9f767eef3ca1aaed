"""Tables that every service with a database has. They hold references and codes, never a person's data."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Audit(AppendOnly):
    """Who did what to which thing. Kept for ever."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_subject"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
        ]


class Announcement(AppendOnly):
    """An event that this service made known."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80)
    facts = models.JSONField()
    at = models.DateTimeField(db_index=True)
    request_id = models.CharField(max_length=64, blank=True)


class InboxEvent(AppendOnly):
    """An event that arrived; the unique id makes the second arrival have no effect."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=20)
    facts = models.JSONField()
    at = models.DateTimeField()


class AnsweredCall(AppendOnly):
    """The stored answer to a keyed call: asked again with the same key, it is given again."""

    key = models.CharField(max_length=80)
    caller = models.CharField(max_length=20)
    operation = models.CharField(max_length=80)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["caller", "operation", "key"], name="answered_once")]
