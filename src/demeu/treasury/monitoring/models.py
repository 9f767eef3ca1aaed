"""Alerts with the two people who decide them. That they are two is a constraint of the database."""

from django.db import models
from django.db.models import F, Q

from demeu.treasury.monitoring.rules import AlertState


class Alert(models.Model):
    """A rule that a party's movements have met. One is open for a rule and party; a later one needs newer movements."""

    id = models.UUIDField(primary_key=True)
    rule = models.CharField(max_length=24)
    release = models.DateField()
    party = models.CharField(max_length=90, db_index=True)
    direction = models.CharField(max_length=3)
    movements = models.JSONField()
    facts = models.JSONField()
    payout = models.UUIDField(null=True, db_index=True, help_text="the payout that waits for the decision")
    upto = models.DateTimeField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in AlertState])
    proposal = models.CharField(max_length=8, blank=True)
    ground = models.CharField(max_length=24, blank=True)
    proposed_by = models.CharField(max_length=60, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "party"], name="monitoring_one_open", condition=~Q(state=AlertState.DECIDED)
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.DECIDED)
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(proposed_by="") & ~Q(proposal="")),
                name="monitoring_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("proposed_by")), name="monitoring_two_people"
            ),
        ]
