"""What a company promised, as the portal keeps it: its name, and whether it wants to be named. Money is treasury's."""

from django.db import models

from demeu.portal.companies.rules import KINDS, RESTS


class PledgeIntent(models.Model):
    """One pledge under the id that its form carried."""

    pledge = models.UUIDField(primary_key=True)
    company = models.UUIDField(db_index=True)
    organization = models.CharField(max_length=140, help_text="as it stands on the invoice")
    named = models.BooleanField(default=False)
    made_by = models.UUIDField()
    kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in KINDS])
    amount_tiyn = models.BigIntegerField()
    target_kind = models.CharField(max_length=16)
    target_code = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    rest = models.CharField(max_length=6, choices=[(rest, rest) for rest in RESTS])
    offer_version = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    created_at = models.DateTimeField()
