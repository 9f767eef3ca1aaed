"""Boundaries that the operator imported; none come with the platform. Their maker is named where they are drawn."""

from django.db import models


class Boundaries(models.Model):
    """Shapes of all regions or of all districts, projected and simplified, as SVG paths by KATO code."""

    level = models.CharField(max_length=10, primary_key=True, help_text="regions or districts")
    edition = models.CharField(max_length=16, help_text="begins the SHA-256 of the shapes; stands in their address")
    credit = models.CharField(max_length=300, help_text="source and licence, shown beside the map")
    shapes = models.JSONField(help_text="KATO code → path")
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=120)
