"""Organizations, their papers and reports; cases that are hidden; second visits. No names of people."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.portal.organizations.rules import KINDS, PAPERS, Period


class Organization(models.Model):
    """One organization under the name that its people's roles carry."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=140, unique=True)
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    bin = models.CharField(max_length=12, blank=True, help_text="its business number; public")
    checked_until = models.DateField(null=True, help_text="the fund has looked at its papers; good until")
    registered_at = models.DateTimeField()


class Paper(AppendOnly):
    """A paper that the organization showed: the file is in vault, here stand its kind, term and fingerprint."""

    id = models.UUIDField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in PAPERS])
    valid_until = models.DateField(null=True)
    document = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)


class Report(models.Model):
    """What an NGO owes for a quarter, and what it filed."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(max_length=7, help_text="2026-Q3")
    due_on = models.DateField(db_index=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.CharField(max_length=120, blank=True)
    families = models.PositiveIntegerField(null=True)
    visits = models.PositiveIntegerField(null=True)
    spent_tiyn = models.BigIntegerField(null=True)
    words = models.CharField(max_length=1000, blank=True, help_text="public; scanned as case texts are")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "period"], name="report_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True)
                | Q(families__isnull=False, visits__isnull=False, spent_tiyn__gte=0) & ~Q(filed_by=""),
                name="filed_report_is_whole",
            ),
        ]

    @property
    def quarter(self) -> Period:
        """The quarter that it is about."""
        return Period.read(self.period)


class HiddenCase(models.Model):
    """An open case that is hidden because a report of its organization is overdue."""

    case = models.UUIDField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="hidden")
    at = models.DateTimeField()


class SecondVisit(models.Model):
    """Another organization looks again at a family drawn by lot; the two lists of findings are compared."""

    case = models.UUIDField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="second_visits")
    first_volunteer = models.UUIDField()
    second_volunteer = models.UUIDField(null=True)
    region_kato = models.CharField(max_length=9)
    first_findings = models.JSONField()
    second_findings = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_volunteer__isnull=True) | ~Q(second_volunteer=F("first_volunteer")),
                name="second_visit_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, agrees__isnull=True)
                | Q(done_at__isnull=False, agrees__isnull=False, second_volunteer__isnull=False),
                name="second_visit_done_whole",
            ),
        ]
