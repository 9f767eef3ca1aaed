"""Documents, content sealed."""

from django.db import models


class DocumentRow(models.Model):
    """One document. The content never changes; only quarantine ends, one way or the other."""

    CLEAN, QUARANTINED, REFUSED = "clean", "quarantined", "refused"

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=40)
    person = models.UUIDField(null=True, db_index=True)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    look = models.CharField(max_length=64, blank=True, help_text="of a picture: 256 bits as hex, to find its like")
    size_bytes = models.IntegerField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
