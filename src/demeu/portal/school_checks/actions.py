"""Changing checks and lists. Keyword-only, one transaction each."""

import json
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from demeu.contracts.words import Language, Role
from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid, not_found, too_late
from demeu.kernel.ids import new_id
from demeu.portal.accounts.queries import Workplace, workplace_of
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.school_checks.models import RequestList, SchoolCheck
from demeu.portal.school_checks.rules import AFTER_CONSENT, CheckState, Request, faults_of, moved


def sealed_request(request: Request, lang: Language) -> str:
    """Number and phone of the parent, readable by vault only."""
    told = {"iin": request.iin, "phone": request.phone, "lang": lang}
    return sealing.seal(settings.DEMEU_KEYS, "vault", json.dumps(told))


@transaction.atomic
def open_check(*, check: UUID, request: Request, lang: Language, actor: Actor) -> SchoolCheck:
    """Take a request; the parent is asked by a job. The id is made by the page, so that a double click makes one.

    Refuses `school_check.unusable` with its `reasons`, `school_check.number_taken`, `school.not_named`.
    """
    place = _place(actor)
    reasons = faults_of(request, clock.today())
    if reasons:
        raise invalid("school_check.unusable", reasons=list(reasons))
    return _open(check, request.number, sealed_request(request, lang), actor, place)


def _open(check: UUID, number: str, sealed: str, actor: Actor, place: Workplace) -> SchoolCheck:
    from demeu.portal.school_checks.tasks import hand_over_check

    known = SchoolCheck.objects.filter(id=check).first()
    if known is not None and known.pedagogue == actor.person and known.number == number:
        return known
    try:
        with transaction.atomic():
            row = SchoolCheck.objects.create(
                id=check if known is None else new_id(),
                pedagogue=cast(UUID, actor.person),
                school=place.organization,
                region_kato=place.region_kato,
                number=number,
                year=clock.today().year,
                state=CheckState.RECEIVED,
                sealed=sealed,
                opened_at=clock.now(),
            )
    except IntegrityError:
        raise conflict("school_check.number_taken", number=number) from None
    record(actor=actor.name, action="school_check.open", subject=f"school_check:{row.id}")
    hand_over_check.defer(check=str(row.id))
    return row


@transaction.atomic
def keep_list(*, request_list: UUID, requests: Sequence[Request], lang: Language, actor: Actor) -> RequestList:
    """Keep a list that was read without a fault, sealed, until it is confirmed or dropped. Nothing is opened yet."""
    _place(actor)
    row, _ = RequestList.objects.get_or_create(
        id=request_list,
        defaults={
            "pedagogue": cast(UUID, actor.person),
            "rows": [{"number": one.number, "sealed": sealed_request(one, lang)} for one in requests],
            "count": len(requests),
            "read_at": clock.now(),
        },
    )
    if row.pedagogue != actor.person:
        raise not_found("school_check.unknown_list")
    return row


@transaction.atomic
def confirm_list(*, request_list: UUID, actor: Actor) -> int:
    """Open every request of a list, all or none; how many. Confirmed again, nothing more is opened."""
    row = _own_list(request_list, actor)
    if row.confirmed_at is not None:
        return row.count
    if row.dropped_at is not None:
        raise too_late("school_check.list_dropped")
    place = _place(actor)
    for one in row.rows:
        _open(new_id(), one["number"], one["sealed"], actor, place)
    row.rows, row.confirmed_at = [], clock.now()
    row.save(update_fields=["rows", "confirmed_at"])
    record(actor=actor.name, action="school_check.list_confirmed", subject=f"request_list:{row.id}", count=row.count)
    return row.count


@transaction.atomic
def drop_list(*, request_list: UUID, actor: Actor) -> None:
    """Forget a list that was not confirmed."""
    row = _own_list(request_list, actor)
    if row.confirmed_at is None and row.dropped_at is None:
        row.rows, row.dropped_at = [], clock.now()
        row.save(update_fields=["rows", "dropped_at"])


@transaction.atomic
def note_asked(*, check: UUID, person: UUID, consent: UUID) -> None:
    """Vault knows whom and has put the question; what was sealed is forgotten."""
    row = _locked(check)
    if row.state == CheckState.RECEIVED:
        row.person, row.consent, row.sealed = person, consent, ""
        _move(row, CheckState.ASKED, "role:portal")


@transaction.atomic
def note_unusable(*, check: UUID, reason: str) -> None:
    """Vault cannot use the request; what was sealed is forgotten."""
    row = _locked(check)
    if row.state == CheckState.RECEIVED:
        row.sealed, row.reason = "", reason[:60]
        _move(row, CheckState.UNUSABLE, "role:vault")


@transaction.atomic
def note_consent(*, check: UUID, consent: UUID, state: str) -> None:
    """The parent has answered, or taken the answer back, or the term is over; news may come late or twice."""
    from demeu.portal.school_checks.tasks import begin_gathering

    row = SchoolCheck.objects.select_for_update().filter(id=check).first()
    if row is None or row.consent != consent or row.state == AFTER_CONSENT[state]:
        return
    if state == "granted" and row.state != CheckState.ASKED:
        return
    _move(row, AFTER_CONSENT[state], "role:vault")
    if state == "granted":
        begin_gathering.defer(check=str(row.id))


@transaction.atomic
def note_category(
    *, check: UUID, household: UUID, assessment: UUID, category: int, silent: Sequence[str]
) -> SchoolCheck | None:
    """The category is known: kept for the figures; the page reads it from vault, under the consent. None: it ended."""
    row = _locked(check)
    if row.state != CheckState.GATHERING:
        return row if row.state == CheckState.ASSESSED else None
    row.household, row.assessment, row.category = household, assessment, category
    row.silent_registries, row.assessed_at = sorted(silent), clock.now()
    return _move(row, CheckState.ASSESSED, "role:vault")


def _place(actor: Actor) -> Workplace:
    """The pedagogue's school; refuses `school.not_named` when the role was given without one."""
    need_role(actor, Role.SCHOOL_PEDAGOGUE)
    assert actor.person is not None
    place = workplace_of(actor.person, Role.SCHOOL_PEDAGOGUE)
    if not place.organization or not place.region_kato:
        raise conflict("school.not_named")
    return place


def _own_list(request_list: UUID, actor: Actor) -> RequestList:
    need_role(actor, Role.SCHOOL_PEDAGOGUE)
    row = RequestList.objects.select_for_update().filter(id=request_list, pedagogue=cast(UUID, actor.person)).first()
    if row is None:
        raise not_found("school_check.unknown_list")
    return row


def _locked(check: UUID) -> SchoolCheck:
    row = SchoolCheck.objects.select_for_update().filter(id=check).first()
    if row is None:
        raise not_found("school_check.unknown")
    return row


def _move(row: SchoolCheck, to: CheckState, by: str) -> SchoolCheck:
    row.state = moved(CheckState(row.state), to)
    row.save()
    record(actor=by, action=f"school_check.{row.state}", subject=f"school_check:{row.id}")
    return row
