"""What the public pages need of their own: money figures kept by events, releases of a case, reports of a problem."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class CaseFigures(models.Model):
    """Treasury's figures of one case as last heard: the catalogue serves while treasury is away. All in tiyn."""

    case = models.UUIDField(primary_key=True)
    needed_tiyn = models.BigIntegerField()
    received_tiyn = models.BigIntegerField(default=0)
    held_tiyn = models.BigIntegerField(default=0)
    paid_tiyn = models.BigIntegerField(default=0)
    delivered_tiyn = models.BigIntegerField(default=0)
    gifts = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=dict, help_text="item → [needed, received, held, paid, delivered]")
    as_of = models.DateTimeField()


class Release(AppendOnly):
    """What was made public of a case, under which edition of the reference population, and how many people fit it."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=9)
    age_band = models.CharField(max_length=12, blank=True)
    household_type = models.CharField(max_length=30, blank=True)
    population = models.CharField(max_length=40, help_text="edition of the reference population")
    people = models.PositiveIntegerField(help_text="k: people who fit all releases of the case")
    needs = models.PositiveSmallIntegerField(help_text="l: categories of need among them")
    commitment = models.CharField(max_length=64, help_text="SHA-256 of what was published")


class ReleaseRecord(AppendOnly):
    """Where a release stands in the transparency log."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="record")
    index = models.PositiveBigIntegerField()


class Complaint(models.Model):
    """Someone reports a problem with a case. The words are sealed to vault, then only the document's id stays."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    code = models.CharField(max_length=30)
    sealed = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default="received")
    at = models.DateTimeField()
