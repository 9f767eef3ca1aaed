"""Kept searches: whose, which, and until when they have been told of."""

from django.db import models


class Search(models.Model):
    """One search of one person; `query` as `catalogue.filters` writes it. `told_until`: newer cases are news."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    query = models.CharField(max_length=500)
    tell = models.BooleanField(default=True)
    kept_at = models.DateTimeField()
    told_until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="search_kept_once")]
        indexes = [models.Index(fields=["tell", "told_until"], name="searches_to_tell")]
