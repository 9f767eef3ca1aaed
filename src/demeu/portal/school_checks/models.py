"""Checks and lists: references and codes. Numbers and phones only under seal, and only until vault has them."""

from django.db import models

from demeu.portal.school_checks.rules import CheckState


class SchoolCheck(models.Model):
    """One request of one school about one family."""

    id = models.UUIDField(primary_key=True)
    pedagogue = models.UUIDField()
    school = models.CharField(max_length=140)
    region_kato = models.CharField(max_length=9)
    number = models.CharField(max_length=11, help_text="of the request, in the school's own journal")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(str(one), str(one)) for one in CheckState])
    sealed = models.TextField(blank=True)
    person = models.UUIDField(null=True)
    consent = models.UUIDField(null=True, unique=True)
    household = models.UUIDField(null=True)
    assessment = models.UUIDField(null=True)
    category = models.PositiveSmallIntegerField(null=True)
    silent_registries = models.JSONField(default=list)
    reason = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    assessed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_kato", "school", "year", "number"],
                condition=~models.Q(state=CheckState.UNUSABLE),
                name="one_check_per_request",
            ),
            models.CheckConstraint(
                name="school_check_sealed_only_on_the_way",
                condition=models.Q(sealed="") | models.Q(state=CheckState.RECEIVED),
            ),
            models.CheckConstraint(
                name="school_check_category_after_consent",
                condition=models.Q(category__isnull=True) | models.Q(consent__isnull=False, assessed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["pedagogue", "-opened_at"], name="school_check_own"),
            models.Index(fields=["assessed_at", "region_kato"], name="school_check_figures"),
        ]


class RequestList(models.Model):
    """A CSV that was read without a fault and waits to be confirmed; its rows are sealed."""

    id = models.UUIDField(primary_key=True)
    pedagogue = models.UUIDField()
    rows = models.JSONField(help_text="[{number, sealed}]; emptied when confirmed or dropped")
    count = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_list_emptied_at_the_end",
                condition=models.Q(rows=[]) | models.Q(confirmed_at__isnull=True, dropped_at__isnull=True),
            )
        ]
