"""Changing accounts: signing in, giving roles, inviting. Keyword-only, one transaction each."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import not_found, too_late
from demeu.portal.accounts.models import Account, Invitation, RoleGrant
from demeu.portal.accounts.rules import exclusion, place_missing

INVITATION_DAYS = 7


@transaction.atomic
def note_sign_in(*, person: UUID) -> None:
    """Remember that the person was here."""
    moment = clock.now()
    Account.objects.update_or_create(
        person=person,
        defaults={"last_seen_at": moment},
        create_defaults={"first_seen_at": moment, "last_seen_at": moment},
    )
    record(actor=f"person:{person}", action="account.sign_in", subject=f"person:{person}")


@transaction.atomic
def give_role(*, person: UUID, role: Role, by: str, regions: Sequence[str] = (), organization: str = "") -> None:
    """Give a role; refused when it excludes one already held. Giving the same role again changes nothing.

    Refuses `role.school_not_named` and what `rules.exclusion` names.
    """
    missing = place_missing(role, regions, organization)
    if missing:
        raise missing
    grants = RoleGrant.objects.select_for_update().filter(person=person, revoked_at__isnull=True)
    held = [Role(grant.role) for grant in grants]
    if role in held:
        return
    refusal = exclusion(held, role)
    if refusal:
        raise refusal
    RoleGrant.objects.create(
        person=person,
        role=role,
        regions=list(regions),
        organization=organization,
        granted_by=by,
        granted_at=clock.now(),
    )
    record(actor=by, action="role.give", subject=f"person:{person}", role=str(role), regions=list(regions))


@transaction.atomic
def revoke_role(*, person: UUID, role: Role, by: str) -> None:
    """Take a role back."""
    changed = RoleGrant.objects.filter(person=person, role=role, revoked_at__isnull=True).update(revoked_at=clock.now())
    if not changed:
        raise not_found("role.not_held", role=str(role))
    record(actor=by, action="role.revoke", subject=f"person:{person}", role=str(role))


@transaction.atomic
def invite(*, role: Role, by: str, regions: Sequence[str] = (), organization: str = "") -> str:
    """A new invitation; returns the word of its link, which is kept nowhere. Refuses `role.school_not_named`."""
    missing = place_missing(role, regions, organization)
    if missing:
        raise missing
    word = secrets.token_urlsafe(24)
    moment = clock.now()
    invitation = Invitation.objects.create(
        word_sha256=hashlib.sha256(word.encode()).hexdigest(),
        role=role,
        regions=list(regions),
        organization=organization,
        invited_by=by,
        created_at=moment,
        expires_at=moment + timedelta(days=INVITATION_DAYS),
    )
    record(actor=by, action="role.invite", subject=f"invitation:{invitation.pk}", role=str(role))
    return word


@transaction.atomic
def accept_invitation(*, word: str, person: UUID) -> Role:
    """Use an invitation: the person gets its role."""
    digest = hashlib.sha256(word.encode()).hexdigest()
    invitation = Invitation.objects.select_for_update().filter(word_sha256=digest).first()
    if invitation is None:
        raise not_found("invitation.unknown")
    if invitation.used_at or invitation.expires_at < clock.now():
        raise too_late("invitation.over")
    give_role(
        person=person,
        role=Role(invitation.role),
        by=f"person:{person}",
        regions=invitation.regions,
        organization=invitation.organization,
    )
    invitation.used_by, invitation.used_at = person, clock.now()
    invitation.save(update_fields=["used_by", "used_at"])
    return Role(invitation.role)
