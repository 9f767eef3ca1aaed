"""Attempts to sign, used once, passkeys, and the signatures kept for ever. Texts and CMS are sealed."""

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


class QrLink(models.Model):
    """The way of eGov Mobile to one attempt: the word of its addresses as a hash, and the CMS that came, sealed."""

    token_sha256 = models.CharField(max_length=64, primary_key=True)
    attempt = models.UUIDField(unique=True)
    cms = models.BinaryField(null=True)
    put_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)


class Passkey(models.Model):
    """A second factor of a person (WebAuthn): a public key and its counter; the private one never leaves the device."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    credential = models.BinaryField(unique=True, max_length=1023)
    public_key = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    label = models.CharField(max_length=60)
    made_at = models.DateTimeField()
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
