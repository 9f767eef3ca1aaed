"""Reviews and visits: references, codes and hashes. The act and the photographs are in vault."""

from django.db import models
from django.db.models import Q

from demeu.kernel.appendonly import AppendOnly
from demeu.portal.verification.rules import Decision, VisitState


class Review(AppendOnly):
    """One decision of a curator about an application."""

    application = models.UUIDField(db_index=True)
    curator = models.UUIDField()
    decision = models.CharField(max_length=12, choices=[(str(one), str(one)) for one in Decision])
    reason = models.CharField(max_length=30, blank=True, help_text="code, for a refusal")
    at = models.DateTimeField()


class Visit(models.Model):
    """A visit to the family: planned by the curator, carried out and signed by the volunteer."""

    id = models.UUIDField(primary_key=True)
    application = models.UUIDField(db_index=True)
    curator = models.UUIDField()
    volunteer = models.UUIDField(db_index=True)
    planned_for = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(str(one), str(one)) for one in VisitState], default=VisitState.PLANNED
    )
    findings = models.JSONField(default=list, help_text="codes")
    act_document = models.UUIDField(null=True)
    act_sha256 = models.CharField(max_length=64, blank=True)
    photos = models.JSONField(default=list, help_text="document references in vault")
    signature = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="called_off"), name="one_visit_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(signature__isnull=False, act_document__isnull=False, done_at__isnull=False),
                name="done_visit_is_signed",
            ),
        ]
