"""Questions to donors about money that was not needed."""

from django.db import models
from django.db.models import Q


class SurplusQuestion(models.Model):
    """A donor is asked what becomes of a surplus. `answered_by`: donor, terms, or nobody (it was needed after all)."""

    id = models.UUIDField(primary_key=True)
    gift = models.UUIDField()
    amount_tiyn = models.BigIntegerField()
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)
    answered_by = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gift"], condition=Q(answered_at=None), name="fallbacks_one_open"),
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="fallbacks_positive"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answered_by=""), name="fallbacks_answered_by_somebody"
            ),
        ]
