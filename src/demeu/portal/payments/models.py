"""Papers of payouts and deliveries as references: the documents themselves are in vault, the money in treasury."""

from django.db import models
from django.db.models import Q


class InvoicePaper(models.Model):
    """The invoice file of a payout, kept in vault, so that the approver can open it before signing."""

    payout = models.UUIDField(primary_key=True)
    document = models.UUIDField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()


class DeliveryAct(models.Model):
    """The act of delivery of one item: its document in vault and the fingerprint that treasury logged."""

    item = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    document = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    photo = models.UUIDField(null=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()


class DeliveryProblem(models.Model):
    """A family answered that the item did not come. Stands on the curator's desk until somebody closes it."""

    message = models.UUIDField(primary_key=True, help_text="the message that was answered; one problem per message")
    case = models.UUIDField(db_index=True)
    item = models.UUIDField()
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(
        max_length=40, blank=True, help_text="what came of it: delivered_after_all, sent_again, wrong_number"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="") | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="problem_closed_by_someone",
            )
        ]


class DeliveryTicket(models.Model):
    """A delivery that no family has confirmed in time: who must find out, until when, and what came of it."""

    item = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    owner = models.UUIDField(null=True, help_text="the curator of the case; without one, those of its region")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="", answer="")
                | Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(answer=""),
                name="ticket_closed_with_answer",
            )
        ]


class AskedAgain(models.Model):
    """A confirmed delivery that was drawn by lot, and what the family said the second time."""

    item = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    month = models.CharField(max_length=7, db_index=True, help_text="in which the delivery was confirmed, 2026-11")
    asked_at = models.DateTimeField()
    yes = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
