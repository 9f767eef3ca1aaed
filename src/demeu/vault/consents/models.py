"""Consents and their history; the policy of uses in versions, with the people who changed it."""

import pgtrigger
from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.triggers import Binding


class ConsentRow(models.Model):
    """One consent as it stands."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    purpose = models.CharField(max_length=30)
    registries = models.JSONField()
    fields = models.JSONField(default=dict)
    term_days = models.PositiveSmallIntegerField()
    text_version = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    granted_by = models.CharField(max_length=60, null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="consent_due")]
        constraints = [
            models.CheckConstraint(
                name="consent_granted_by_something",
                condition=models.Q(granted_by__isnull=False) | ~models.Q(state__in=["granted", "withdrawn"]),
            )
        ]


class ConsentMove(AppendOnly):
    """One change of a consent's state: when and by what (signature, code, person, term)."""

    consent = models.ForeignKey(ConsentRow, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


# A version that allows anything new needs a second person; the first version of an empty table is the release's own.
TWO_TO_WIDEN = """
    SELECT cells, number INTO before, last FROM vault_consents_policyversion ORDER BY number DESC LIMIT 1;
    IF last IS NULL AND NEW.number = 1 THEN
        RETURN NEW;
    END IF;
    IF NEW.number <> last + 1 THEN
        RAISE EXCEPTION 'policy: version % does not follow %', NEW.number, last;
    END IF;
    IF NOT (NEW.cells <@ before) AND (NEW.approved_by = '' OR NEW.approved_by = NEW.proposed_by
            OR NOT EXISTS (SELECT 1 FROM vault_consents_policyproposal p WHERE p.id = NEW.proposal
                AND p.cells = NEW.cells AND p.proposed_by = NEW.proposed_by)) THEN
        RAISE EXCEPTION 'policy: widened by fewer than two people';
    END IF;
    RETURN NEW;
"""


class PolicyProposal(AppendOnly):
    """What one person wants the policy to be, and why."""

    id = models.UUIDField(primary_key=True)
    cells = models.JSONField()
    reason = models.CharField(max_length=400)
    proposed_by = models.CharField(max_length=120)
    at = models.DateTimeField()


class PolicyVersion(AppendOnly):
    """The policy from a moment on. Its cells are «consented for>use>registry»; what is not among them is a no."""

    number = models.PositiveIntegerField(primary_key=True)
    cells = models.JSONField()
    proposal = models.UUIDField(null=True, unique=True)
    proposed_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(
                name="two_to_widen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("before", "jsonb"), ("last", "integer")],
                func=TWO_TO_WIDEN,
            ),
        ]
