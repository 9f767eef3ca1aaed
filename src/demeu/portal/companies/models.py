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


class CompanyPage(models.Model):
    """What a company wishes of its public page; absent or not `public`: there is none."""

    company = models.UUIDField(primary_key=True)
    organization = models.CharField(max_length=140)
    public = models.BooleanField(default=False)
    changed_at = models.DateTimeField()


class Budget(models.Model):
    """What a company means to give for a theme in a year; a plan, no promise."""

    company = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=40, help_text="code of a group, or «other»")
    amount_tiyn = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "year", "theme"], name="one_budget_a_theme")]


class EmployeeShare(models.Model):
    """An employee who wishes own gifts to count in the company's sum from a moment on; nobody sees whose they are."""

    company = models.UUIDField()
    person = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "person"], name="one_share_an_employee")]
