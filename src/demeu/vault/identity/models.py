"""Attempts to sign, short-lived and single-use, and the signatures kept for ever. Texts and CMS are sealed."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.vault.identity.rules import AttemptPurpose


class SigningAttempt(models.Model):
    """One challenge: the exact text to be signed, for one browser session, until `expires_at`, used at most once."""

    id = models.UUIDField(primary_key=True)
    purpose = models.CharField(max_length=12, choices=[(purpose, purpose) for purpose in AttemptPurpose])
    nonce = models.CharField(max_length=64, unique=True)
    session_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=200)
    lang = models.CharField(max_length=2)
    person = models.UUIDField(null=True)
    kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    to_sign = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class Signature(AppendOnly):
    """A document as it was signed: text and CMS byte for byte, by whom, and what was known of the certificate then."""

    id = models.UUIDField(primary_key=True)
    attempt = models.UUIDField(unique=True)
    person = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, db_index=True)
    signed = models.BinaryField()
    signed_sha256 = models.CharField(max_length=64)
    cms = models.BinaryField()
    certificate_serial = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=40)
    status = models.CharField(max_length=10)
    at = models.DateTimeField()
