"""One-time codes by SMS or, to confirm an address, by mail: six digits, ten minutes, five attempts, one use."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import Channel
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal, conflict, forbidden, invalid, not_found, too_late, too_many
from demeu.kernel.ids import new_id
from demeu.vault.messages import actions, rules
from demeu.vault.messages.models import OneTimeCode
from demeu.vault.people import actions as people_actions
from demeu.vault.people import queries as people
from demeu.vault.sealing.cipher import blind, seal, unseal

CONFIRM_PHONE = "confirm_phone"
CONFIRM_MAIL = "confirm_mail"
# What a code is for is said in its message when it is read out to a stranger's institution.
TEMPLATE_OF_REASON = {"pupil_aid": "pupil_aid_code", CONFIRM_MAIL: "mail_code"}


def send_code(*, person: UUID, reason: str, actor: str) -> tuple[UUID, str, datetime]:
    """Send a code; (id, phone or address, until when).

    With the reason `confirm_phone` it goes to the phone that waits, with `confirm_mail` to the mail address.
    Refuses `code.no_phone`, `code.no_mail`, `code.too_often`, `person.unknown`.
    """
    phone = _destination(person, reason)
    at, identifier, digits = clock.now(), new_id(), rules.fresh_code()
    with transaction.atomic():
        if OneTimeCode.objects.filter(person=person, created_at__gt=at - timedelta(hours=1)).count() >= (
            rules.CODES_AN_HOUR_MAX
        ):
            raise too_many("code.too_often", retry_after_s=3600)
        OneTimeCode.objects.create(
            id=identifier,
            person=person,
            reason=reason,
            phone=seal(identifier, "code.phone", phone),
            digits_blind=_blind(identifier, digits),
            created_at=at,
            expires_at=at + rules.CODE_LIFE,
        )
        by_mail = reason == CONFIRM_MAIL
        actions.deliver_message(
            person=person,
            template=TEMPLATE_OF_REASON.get(reason, "sign_code"),
            facts={"digits": digits},
            once=f"code/{identifier}",
            awaits=None,
            actor=actor,
            phone="" if by_mail else phone,
            by=Channel.MAIL if by_mail else Channel.SMS,
        )
        record(actor=actor, action="code.sent", subject=f"person:{person}", reason=reason)
    return identifier, phone, at + rules.CODE_LIFE


def check_code(*, code: UUID, digits: str, actor: str) -> None:
    """The digits as read out. A wrong attempt is counted even though it is refused.

    Refuses `code.unknown`, `code.wrong`, `code.expired`, `code.too_many_attempts`.
    """
    with transaction.atomic():
        row = OneTimeCode.objects.select_for_update().filter(id=code).first()
        if row is None:
            raise not_found("code.unknown")
        refusal = _refusal_of(row, digits)
        if refusal is None:
            row.checked_at = clock.now()
            _confirm(row)
        elif refusal.code == "code.wrong":
            row.attempts += 1
        row.save(update_fields=["attempts", "checked_at"])
        outcome = "code.checked" if refusal is None else "code.refused"
        record(actor=actor, action=outcome, subject=f"person:{row.person}", reason=row.reason)
    if refusal is not None:
        raise refusal


def use_code(*, code: UUID, person: UUID) -> None:
    """Spend a checked code of this person for one act. Refuses `code.not_checked`, `code.used`, `code.expired`."""
    with transaction.atomic():
        row = OneTimeCode.objects.select_for_update().filter(id=code, person=person).first()
        if row is None or row.checked_at is None:
            raise forbidden("code.not_checked")
        if row.used_at is not None:
            raise conflict("code.used")
        if clock.now() > row.checked_at + rules.CODE_LIFE:
            raise too_late("code.expired")
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])


def _destination(person: UUID, reason: str) -> str:
    """Where a code for this reason goes."""
    contact = people.person_contact(person)
    if reason == CONFIRM_MAIL:
        if not contact.email:
            raise conflict("code.no_mail")
        return contact.email
    phone = (contact.pending if reason == CONFIRM_PHONE else "") or contact.phone
    if not phone:
        raise conflict("code.no_phone")
    return phone


def _confirm(row: OneTimeCode) -> None:
    """A code that was read back proves that what it was sent to is the person's."""
    destination = unseal(row.id, "code.phone", row.phone)
    if row.reason == CONFIRM_MAIL:
        actions.confirm_mail(person=row.person, address=destination)
    else:
        people_actions.confirm_phone(person=row.person, phone=destination)


def _refusal_of(row: OneTimeCode, digits: str) -> Refusal | None:
    if row.attempts >= rules.CODE_ATTEMPTS_MAX:
        return too_many("code.too_many_attempts")
    if clock.now() > row.expires_at:
        return too_late("code.expired")
    if not hmac.compare_digest(bytes(row.digits_blind), _blind(row.id, "".join(digits.split()))):
        return invalid("code.wrong", attempts_left=rules.CODE_ATTEMPTS_MAX - row.attempts - 1)
    return None


def _blind(code: UUID, digits: str) -> bytes:
    return blind("code", f"{code}:{digits}")
