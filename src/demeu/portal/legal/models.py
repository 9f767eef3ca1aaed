"""Who accepted which version of which text, when. Only grows; the texts are files beside the code."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Acceptance(AppendOnly):
    """One text accepted for one subject («gift:…», «application:…», «person:…»)."""

    kind = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, db_index=True)
    by = models.CharField(max_length=120, help_text="«person:<ref>» or «guest»")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "version", "subject"], name="one_acceptance_per_subject")
        ]
