"""Append-only tables of the access trail."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class AccessRecord(AppendOnly):
    """One reading of one person's restricted fields. `content` is what the chain covers.

    `role` is the service that asked; `office` and `organization` are of whoever looked, `about` is the case.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=120)
    role = models.CharField(max_length=20)
    operation = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    office = models.CharField(max_length=40, blank=True, default="")
    organization = models.CharField(max_length=140, blank=True, default="")
    about = models.CharField(max_length=120, blank=True, default="")
    subject = models.UUIDField()
    fields = models.JSONField()
    request_id = models.CharField(max_length=64, blank=True)
    content = models.TextField()

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["subject", "-at"], name="access_subject"),
            models.Index(fields=["actor", "-at"], name="access_actor"),
        ]


class AccessLink(AppendOnly):
    """The place of a record in the chain."""

    size = models.BigIntegerField(primary_key=True)
    record = models.OneToOneField(AccessRecord, on_delete=models.PROTECT)
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)


class AccessHead(AppendOnly):
    """A head that was announced to the transparency log."""

    size = models.BigIntegerField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
