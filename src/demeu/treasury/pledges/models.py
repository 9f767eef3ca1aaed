"""Tables of pledges. A company is known by a reference only."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.pledges.rules import Kind, Rest


class CompanyPledge(models.Model):
    """A promise of a company; its id is that of the gift which pays it."""

    id = models.UUIDField(primary_key=True)
    company = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in Kind])
    amount_tiyn = models.BigIntegerField()
    target_kind = models.CharField(max_length=16)
    target_code = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True)
    rest = models.CharField(max_length=6, choices=[(rest.value, rest.value) for rest in Rest])
    matched_tiyn = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matched_tiyn__gte=0) & Q(matched_tiyn__lte=F("amount_tiyn")), name="pledges_within_limit"
            ),
            models.CheckConstraint(
                condition=Q(kind="match", until__isnull=False) | Q(kind="gift", until=None, matched_tiyn=0),
                name="pledges_match_ends",
            ),
        ]


class Match(AppendOnly):
    """A gift of somebody else that a pledge has doubled, and by how much."""

    id = models.BigAutoField(primary_key=True)
    pledge = models.ForeignKey(CompanyPledge, on_delete=models.PROTECT, related_name="matches")
    gift = models.UUIDField()
    amount_tiyn = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["pledge", "gift"], name="pledges_doubled_once"),
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="pledges_match_positive"),
        ]
