"""Accounts hold opaque references; names stay in vault."""

import pgtrigger
from django.db import models
from django.db.models import Q

from demeu.contracts.words import Role
from demeu.kernel.triggers import Binding

ROLE_CHOICES = [(str(role), str(role)) for role in Role]

# The roles that no code may join in one person, whatever path it takes; `rules.exclusion` refuses more, with words.
APART = """
PERFORM pg_advisory_xact_lock(hashtextextended('roles:' || NEW.person::text, 0));
IF NEW.revoked_at IS NULL AND EXISTS (
    SELECT FROM portal_accounts_rolegrant g
    JOIN (VALUES ('finance_preparer', 'finance_approver'), ('finance_preparer', 'curator'),
                 ('finance_approver', 'curator'), ('finance_preparer', 'auditor'), ('finance_approver', 'auditor'),
                 ('curator', 'auditor'), ('finance_preparer', 'supplier'), ('finance_approver', 'supplier')
         ) AS apart(one, other)
      ON (g.role, NEW.role) IN ((apart.one, apart.other), (apart.other, apart.one))
    WHERE g.person = NEW.person AND g.revoked_at IS NULL AND g.id IS DISTINCT FROM NEW.id
) THEN
    RAISE EXCEPTION 'the role % excludes one that this person holds', NEW.role USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Account(models.Model):
    """A person who has signed in at least once, or was given a role by invitation."""

    person = models.UUIDField(primary_key=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()


class RoleGrant(models.Model):
    """A role given to a person, for named regions when the role is regional; revoked, never deleted."""

    person = models.UUIDField(db_index=True)
    role = models.CharField(max_length=24, choices=ROLE_CHOICES)
    regions = models.JSONField(default=list)
    organization = models.CharField(max_length=140, blank=True)
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(revoked_at__isnull=True), name="one_open_grant_per_role"
            )
        ]
        triggers = [
            Binding(
                name="roles_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=APART,
            )
        ]


class Invitation(models.Model):
    """A link that gives a role once. Only the hash of its word is kept."""

    word_sha256 = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=24, choices=ROLE_CHOICES)
    regions = models.JSONField(default=list)
    organization = models.CharField(max_length=140, blank=True)
    invited_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)
