"""Passkeys (WebAuthn) as a second factor of staff: registering one, using one, listing, removing.

A passkey never tells who somebody is: it only adds to a sign-in with ЭЦП of the same person in the same session.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from django.db import IntegrityError, transaction
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found, too_late
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.vault.identity import rules
from demeu.vault.identity.models import Passkey, SigningAttempt
from demeu.vault.identity.rules import AttemptPurpose
from demeu.vault.sealing.cipher import open_bytes, seal_bytes

log = logger(__name__)
SITE_NAME = "Demeu"
PER_PERSON_MAX = 10
REGISTER, USE = "register", "use"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is to be asked: options of WebAuthn as JSON, good until `expires_at`."""

    attempt: UUID
    options: str
    expires_at: datetime


def begin_registering(*, person: UUID, session: str, origin: str) -> Ceremony:
    """Options to make a passkey of this person at this site. Refuses `identity.bad_origin`, `passkey.too_many`."""
    mine = list(Passkey.objects.filter(person=person))
    if len(mine) >= PER_PERSON_MAX:
        raise conflict("passkey.too_many")
    options = webauthn.generate_registration_options(
        rp_id=_host(origin),
        rp_name=SITE_NAME,
        user_name=SITE_NAME,
        user_id=hashlib.sha256(b"demeu passkey\0" + person.bytes).digest(),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one.credential)) for one in mine],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return _kept(REGISTER, person, session, origin, options)


def register(*, attempt: UUID, person: UUID, session: str, answer: str, label: str) -> UUID:
    """Keep the passkey that the browser made. Refuses `passkey.bad_label`, `passkey.refused`, codes of `_take`."""
    if not rules.is_plain_line(label) or len(label) > 60:
        raise invalid("passkey.bad_label")
    row, challenge = _take(attempt, REGISTER, person, session)
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(row.origin),
            expected_origin=row.origin,
        )
        return _keep(person, made.credential_id, made.credential_public_key, made.sign_count, label)
    except (WebAuthnException, ValueError, TypeError, KeyError, IntegrityError) as error:
        log.info("passkey.refused", error=type(error).__name__)
        raise forbidden("passkey.refused") from None


def begin_using(*, person: UUID, session: str, origin: str) -> Ceremony:
    """Options to show one of the person's passkeys. Refuses `identity.bad_origin`, `passkey.none`."""
    mine = list(Passkey.objects.filter(person=person))
    if not mine:
        raise not_found("passkey.none")
    options = webauthn.generate_authentication_options(
        rp_id=_host(origin),
        allow_credentials=[PublicKeyCredentialDescriptor(id=bytes(one.credential)) for one in mine],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _kept(USE, person, session, origin, options)


def use(*, attempt: UUID, person: UUID, session: str, answer: str) -> None:
    """Check that one of the person's own passkeys answered this challenge. Refuses `passkey.refused`, `_take`."""
    row, challenge = _take(attempt, USE, person, session)
    try:
        shown = webauthn.base64url_to_bytes(json.loads(answer)["id"])
        with transaction.atomic():
            mine = Passkey.objects.select_for_update().get(person=person, credential=shown)
            verified = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=_host(row.origin),
                expected_origin=row.origin,
                credential_public_key=bytes(mine.public_key),
                credential_current_sign_count=mine.counter,
            )
            mine.counter, mine.used_at = verified.new_sign_count, clock.now()
            mine.save(update_fields=["counter", "used_at"])
            record(actor=f"person:{person}", action="passkey.used", subject=f"passkey:{mine.id}")
    except (WebAuthnException, Passkey.DoesNotExist, ValueError, TypeError, KeyError) as error:
        log.info("passkey.refused", error=type(error).__name__)
        raise forbidden("passkey.refused") from None


def remove(*, person: UUID, passkey: UUID) -> None:
    """Forget one of the person's passkeys. Refuses `passkey.none`."""
    with transaction.atomic():
        if not Passkey.objects.filter(person=person, id=passkey).delete()[0]:
            raise not_found("passkey.none")
        record(actor=f"person:{person}", action="passkey.removed", subject=f"passkey:{passkey}")


def passkeys_of(person: UUID) -> list[Passkey]:
    """The person's passkeys, oldest first."""
    return list(Passkey.objects.filter(person=person).order_by("made_at"))


def _keep(person: UUID, credential: bytes, public_key: bytes, counter: int, label: str) -> UUID:
    with transaction.atomic():
        made = Passkey.objects.create(
            id=new_id(),
            person=person,
            credential=credential,
            public_key=public_key,
            counter=counter,
            label=label,
            made_at=clock.now(),
        )
        record(actor=f"person:{person}", action="passkey.registered", subject=f"passkey:{made.id}")
    return made.id


def _host(origin: str) -> str:
    if not rules.is_origin(origin):
        raise invalid("identity.bad_origin")
    return urlsplit(origin).hostname or ""


def _kept(kind: str, person: UUID, session: str, origin: str, options: Any) -> Ceremony:
    identifier, made_at = new_id(), clock.now()
    SigningAttempt.objects.create(
        id=identifier,
        purpose=AttemptPurpose.PASSKEY,
        nonce=identifier.hex,
        session_hash=rules.session_hash(session),
        origin=origin,
        lang="",
        person=person,
        kind=kind,
        to_sign=seal_bytes(identifier, "attempt.to_sign", options.challenge),
        created_at=made_at,
        expires_at=made_at + rules.LIFETIME,
    )
    return Ceremony(identifier, webauthn.options_to_json(options), made_at + rules.LIFETIME)


@transaction.atomic
def _take(attempt: UUID, kind: str, person: UUID, session: str) -> tuple[SigningAttempt, bytes]:
    """The attempt, used up whatever comes of it, and its challenge.

    Refuses `identity.` + unknown_attempt, wrong_session, replayed, expired.
    """
    found = SigningAttempt.objects.select_for_update().filter(id=attempt, purpose=AttemptPurpose.PASSKEY, kind=kind)
    row = found.first()
    if row is None:
        raise not_found("identity.unknown_attempt")
    if row.person != person or not rules.same_session(row.session_hash, session):
        raise forbidden("identity.wrong_session")
    if row.used_at is not None:
        raise conflict("identity.replayed")
    if clock.now() > row.expires_at:
        raise too_late("identity.expired")
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    return row, open_bytes(row.id, "attempt.to_sign", row.to_sign)
