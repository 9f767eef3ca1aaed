"""Asking, granting, refusing, withdrawing and expiring consents."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import ConsentChanged
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found, too_late
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.vault.consents import rules
from demeu.vault.consents.models import ConsentMove, ConsentRow
from demeu.vault.consents.policy import current_policy
from demeu.vault.consents.rules import ConsentState
from demeu.vault.identity import queries as identity
from demeu.vault.messages import codes
from demeu.vault.people import queries as people

SIGNED_KINDS = ("consent", "application")


def ask_consent(
    *,
    person: UUID,
    subject: str,
    purpose: Purpose,
    registries: tuple[Registry, ...],
    fields: Mapping[Registry, Sequence[str]] | None = None,
    term_days: int,
    text_version: str,
    lang: Language,
    actor: str,
) -> UUID:
    """Put a question to a person; `fields` narrows what of a registry it is about.

    Refuses `consent.no_registries`, `consent.wrong_fields`, `consent.purpose_not_allowed`, `person.unknown`.
    """
    if not registries:
        raise invalid("consent.no_registries")
    try:
        named = rules.fields_named(fields or {}, registries)
    except ValueError:
        raise invalid("consent.wrong_fields") from None
    if not set(registries) <= rules.released(current_policy(), purpose, registries, purpose):
        raise forbidden("consent.purpose_not_allowed", purpose=purpose.value)
    people.person_contact(person)
    at = clock.now()
    with transaction.atomic():
        row = ConsentRow.objects.create(
            id=new_id(),
            person=person,
            subject=subject,
            purpose=purpose,
            registries=sorted(set(registries)),
            fields=named,
            term_days=term_days,
            text_version=text_version,
            lang=lang,
            state=ConsentState.ASKED,
            asked_at=at,
            expires_at=at + timedelta(days=term_days),
        )
        ConsentMove.objects.create(consent=row, state=row.state, by=actor[:60], at=at)
        record(actor=actor, action="consent.asked", subject=f"consent:{row.id}", purpose=purpose.value)
    return row.id


def grant_consent(*, consent: UUID, person: UUID, signature: UUID | None, code: UUID | None, actor: str) -> None:
    """Granted by a kept signature of this person or of who may act for them, or by a code that this person read out.

    Refuses `consent.unknown`, `consent.wrong_state`, `consent.expired`, `consent.no_proof`, `consent.foreign_signature`
    and what `codes.use_code` refuses.
    """
    if (signature is None) == (code is None):
        raise invalid("consent.no_proof")
    with transaction.atomic():
        row = _locked(consent, person)
        if clock.now() >= row.expires_at:
            raise too_late("consent.expired", consent=str(consent))
        if signature is not None:
            _require_own_signature(signature, row)
            row.granted_by = f"signature:{signature}"
        elif code is not None:
            codes.use_code(code=code, person=person)
            row.granted_by = f"code:{code}"
        _move(row, ConsentState.GRANTED, by=row.granted_by or "", actor=actor)


def answer_by_state_service(*, consent: UUID, person: UUID, granted: bool, proof: str, actor: str) -> None:
    """The person answered КДП (an SMS to 1414 or eGov); `proof` is that service's number of the answer.

    Refuses `consent.unknown`, `consent.wrong_state`, `consent.expired`, `consent.no_proof`.
    """
    if not proof.strip():
        raise invalid("consent.no_proof")
    with transaction.atomic():
        row = _locked(consent, person)
        if clock.now() >= row.expires_at:
            raise too_late("consent.expired", consent=str(consent))
        proven = f"kdp:{proof.strip()}"[:60]
        row.granted_by = proven if granted else None
        _move(row, ConsentState.GRANTED if granted else ConsentState.REFUSED, by=proven, actor=actor)


def answer_by_reply(*, consent: UUID, person: UUID, granted: bool, message: UUID, actor: str) -> None:
    """The person answered our own question by SMS or in the cabinet; `message` is that question, and the proof.

    Refuses `consent.unknown`, `consent.wrong_state`, `consent.expired`.
    """
    with transaction.atomic():
        row = _locked(consent, person)
        if clock.now() >= row.expires_at:
            raise too_late("consent.expired", consent=str(consent))
        proven = f"reply:{message}"
        row.granted_by = proven if granted else None
        _move(row, ConsentState.GRANTED if granted else ConsentState.REFUSED, by=proven, actor=actor)


def refuse_consent(*, consent: UUID, person: UUID, actor: str) -> None:
    """The person says no. Refuses `consent.unknown`, `consent.wrong_state`."""
    with transaction.atomic():
        _move(_locked(consent, person), ConsentState.REFUSED, by=actor, actor=actor)


def withdraw_consent(*, consent: UUID, person: UUID, actor: str) -> None:
    """The person takes it back; from this moment nothing is released. Refuses as `refuse_consent`."""
    with transaction.atomic():
        _move(_locked(consent, person), ConsentState.WITHDRAWN, by=actor, actor=actor)


def expire_consents() -> int:
    """Mark what is past its term and tell the services that used it; how many."""
    with transaction.atomic():
        due = ConsentRow.objects.select_for_update(skip_locked=True).filter(
            state__in=[ConsentState.ASKED, ConsentState.GRANTED], expires_at__lte=clock.now()
        )
        rows = list(due.order_by("expires_at")[:500])
        for row in rows:
            _move(row, ConsentState.EXPIRED, by="term", actor="role:vault")
    return len(rows)


def _locked(consent: UUID, person: UUID) -> ConsentRow:
    """The consent of this person; another person's consent is as unknown as one that never was."""
    row = ConsentRow.objects.select_for_update().filter(id=consent, person=person).first()
    if row is None:
        raise not_found("consent.unknown")
    return row


def _require_own_signature(signature: UUID, row: ConsentRow) -> None:
    kept = identity.signature_card(signature)
    own = kept.person == row.person or people.may_act_for(kept.person, row.person)
    if not own or kept.kind not in SIGNED_KINDS:
        raise forbidden("consent.foreign_signature")
    if ConsentRow.objects.filter(granted_by=f"signature:{signature}").exclude(subject=row.subject).exists():
        raise forbidden("consent.foreign_signature")


def _move(row: ConsentRow, to: ConsentState, *, by: str, actor: str) -> None:
    if not rules.may_move(ConsentState(row.state), to):
        raise conflict("consent.wrong_state", state=row.state)
    row.state = to
    row.save(update_fields=["state", "granted_by"])
    ConsentMove.objects.create(consent=row, state=to, by=by[:60], at=clock.now())
    record(actor=actor, action=f"consent.{to.value}", subject=f"consent:{row.id}")
    announce(ConsentChanged(consent=row.id, subject=row.subject, state=to.value))
