"""Objections: which look, by whom, and where the answer stands. References only."""

from django.db import models


class Objection(models.Model):
    """One person objects to one look at their data; `answer` is a document of vault. `at` is when the look was."""

    RECEIVED, ANSWERED = "received", "answered"

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    look = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    office = models.CharField(max_length=40, blank=True)
    organization = models.CharField(max_length=140, blank=True)
    about = models.CharField(max_length=120, blank=True)
    operation = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    fields = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="received")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.UUIDField(null=True)
    answered_by = models.CharField(max_length=120, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "look"], name="objection_once_a_look"),
            models.CheckConstraint(
                condition=models.Q(state="received") | (models.Q(answer__isnull=False) & ~models.Q(answered_by="")),
                name="objection_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by="") | ~models.Q(answered_by=models.F("actor")),
                name="objection_not_answered_by_who_looked",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="objection_due")]
