"""Asking the registries and freezing what they say."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from demeu.contracts.vault import FactsGathered
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.kernel.jobs import Job
from demeu.vault.consents import queries as consents
from demeu.vault.households import emergencies, queries, scoring_facts
from demeu.vault.households.models import (
    Asking,
    FactRow,
    GatheringRow,
    Household,
    Member,
    RawAnswer,
    ScoredHousehold,
    ScoredPerson,
)
from demeu.vault.households.registries import EXCHANGES, asked_for, profile_of
from demeu.vault.households.registries.exchange import TypedFact
from demeu.vault.people import actions as people_actions
from demeu.vault.people import queries as people
from demeu.vault.sealing.cipher import blind, seal, seal_bytes

# Asked first: they name the family that the others are asked about.
FIRST = (Registry.GBD_FL, Registry.CKS)
FAMILY_SERVICE = "DEMEU_CKS_FAMILY"
WAIT_S_MAX = 30
MEMBERS_MAX = 40


def gather_facts(*, person: UUID, subject: str, consent: UUID, purpose: Purpose, actor: str) -> UUID:
    """Start asking every consented registry; the gathering. One under way for the same subject is given again.

    Refuses `consent.missing` when no granted, unexpired consent of this person covers the purpose.
    """
    with transaction.atomic():
        released = consents.released_registries(consent=consent, use=purpose, person=person)
        registries = [registry for registry in released if asked_for(registry, purpose)]
        household, _ = Household.objects.get_or_create(person=person, defaults={"created_at": clock.now()})
        running = GatheringRow.objects.filter(subject=subject, consent=consent, state=GatheringRow.ASKING).first()
        if running is not None:
            return running.id
        gathering = GatheringRow.objects.create(
            id=new_id(),
            household=household,
            subject=subject,
            consent=consent,
            purpose=purpose,
            state=GatheringRow.ASKING,
            started_at=clock.now(),
        )
        _queue_all(gathering, registries, has_iin=_add_applicant(gathering))
        record(actor=actor, action="facts.gathering_started", subject=f"gathering:{gathering.id}")
        _go_on(gathering)
        return gathering.id


def freeze_answers(
    *, gathering: UUID, service: str, registry: Registry, answers: Iterable[tuple[str, bytes, list[TypedFact]]]
) -> bool:
    """Keep verified answers (message id, bytes, facts) of one service; False when a message id was seen before.

    A service that is waited for no more is left as it is: a late answer changes no finished gathering.
    """
    try:
        with transaction.atomic():
            row = GatheringRow.objects.select_for_update().get(id=gathering)
            asking = row.askings.get(service=service)
            if asking.state != Asking.QUEUED:
                return True
            at = clock.now()
            for message_id, content, facts in answers:
                raw = RawAnswer(id=new_id(), gathering=row, service=service, message_id=message_id, at=at)
                raw.xml = seal_bytes(raw.id, "raw_answer.xml", content)
                raw.save(force_insert=True)
                _freeze(row, registry, facts, message_id)
            _settle(row, asking, Asking.ANSWERED, "")
    except IntegrityError:
        return False
    return True


def note_failure(*, gathering: UUID, service: str, reason: str, worth_retrying: bool) -> int | None:
    """A service did not answer: seconds to wait before asking again, or None when it is given up as silent."""
    with transaction.atomic():
        row = GatheringRow.objects.select_for_update().get(id=gathering)
        asking = row.askings.get(service=service)
        if asking.state != Asking.QUEUED:
            return None
        asking.tries += 1
        asking.reason = reason[:60]
        if worth_retrying and asking.tries < profile_of(Registry(asking.registry)).tries_max:
            asking.save(update_fields=["tries", "reason"])
            return min(WAIT_S_MAX, 1 << (asking.tries - 1))
        record(
            actor="role:vault", action="facts.registry_silent", subject=f"gathering:{gathering}", reason=asking.reason
        )
        _settle(row, asking, Asking.SILENT, asking.reason)
        return None


def note_sent(*, gathering: UUID, service: str) -> str | None:
    """The id under which a question goes into the queue, the same however often it is sent; None when it is settled."""
    with transaction.atomic():
        row = GatheringRow.objects.select_for_update().get(id=gathering)
        asking = row.askings.get(service=service)
        if asking.state != Asking.QUEUED:
            return None
        if not asking.sent_id:
            asking.sent_id, asking.sent_at = str(new_id()), clock.now()
            asking.save(update_fields=["sent_id", "sent_at"])
        return asking.sent_id


def forget_sent(*, gathering: UUID, service: str) -> None:
    """The channel could not deliver the question: the next one goes under a new id."""
    Asking.objects.filter(gathering=gathering, service=service, state=Asking.QUEUED).update(sent_id="", sent_at=None)


def _add_applicant(gathering: GatheringRow) -> bool:
    iin = people.iin_of(gathering.household.person)
    if iin:
        _member_of(gathering, iin)
    return bool(iin)


def _queue_all(gathering: GatheringRow, registries: Iterable[Registry], *, has_iin: bool) -> None:
    """One row per service. A person without an IIN cannot be asked about: all are silent and nobody is refused."""
    state, reason = (Asking.QUEUED, "") if has_iin else (Asking.SILENT, "no_iin")
    Asking.objects.bulk_create(
        Asking(gathering=gathering, registry=registry, service=exchange.service_id, state=state, reason=reason)
        for registry in sorted(registries)
        for exchange in EXCHANGES[registry]
    )


def _go_on(gathering: GatheringRow, *, first_time: bool = True) -> None:
    """Defer what may be asked now; finish when nothing is left to ask. The row is new or locked."""
    from demeu.vault.households.tasks import ask_service

    askings = list(gathering.askings.all())
    if all(asking.state != Asking.QUEUED for asking in askings):
        finish(gathering, askings)
        return
    family = next((asking for asking in askings if asking.service == FAMILY_SERVICE), None)
    settled = family is None or family.state != Asking.QUEUED
    if first_time:
        _defer(ask_service, gathering, [asking for asking in askings if asking.registry in FIRST])
    if settled and not gathering.family_known:
        gathering.family_known = True
        gathering.save(update_fields=["family_known"])
        _defer(ask_service, gathering, [asking for asking in askings if asking.registry not in FIRST])


def _defer(job: Job, gathering: GatheringRow, askings: list[Asking]) -> None:
    for asking in askings:
        if asking.state == Asking.QUEUED:
            job.defer(gathering=str(gathering.id), service=asking.service)


def _settle(gathering: GatheringRow, asking: Asking, state: str, reason: str) -> None:
    asking.state = state
    asking.reason = reason
    asking.save(update_fields=["state", "tries", "reason"])
    _go_on(gathering, first_time=False)


def _freeze(gathering: GatheringRow, registry: Registry, facts: list[TypedFact], message_id: str) -> None:
    at = clock.now()
    valid_until = at + timedelta(days=profile_of(registry).fresh_days)
    FactRow.objects.bulk_create(
        FactRow(
            gathering=gathering,
            member=_member_of(gathering, fact.iin) if fact.iin else None,
            code=fact.code[:60],
            value=fact.value[:200],
            source=registry,
            as_of=at,
            message_id=message_id,
            valid_until=valid_until,
        )
        for fact in facts
    )


def _member_of(gathering: GatheringRow, iin: str) -> Member:
    hidden = blind("iin", iin)
    known = gathering.members.filter(iin_blind=hidden).first()
    if known is not None:
        return known
    place = gathering.members.count()
    if place >= MEMBERS_MAX:
        raise conflict("facts.too_many_members")
    member = Member(gathering=gathering, place=place, iin_blind=hidden)
    member.iin = seal(member.id, "member.iin", iin)
    member.save(force_insert=True)
    return member


def finish(gathering: GatheringRow, askings: list[Asking]) -> None:
    """All have answered or were given up: write the typed rows, say so. The row is new or locked."""
    gathering.state = GatheringRow.DONE
    gathering.done_at = clock.now()
    gathering.save(update_fields=["state", "done_at"])
    kato = _write_typed_rows(gathering)
    answered, silent = queries.outcome_of(askings)
    record(actor="role:vault", action="facts.gathered", subject=f"gathering:{gathering.id}", silent=list(silent))
    announce(
        FactsGathered(
            gathering=gathering.id,
            subject=gathering.subject,
            household=gathering.household_id,
            consent=gathering.consent,
            answered=answered,
            silent=silent,
            worth_waiting=queries.worth_waiting(askings),
        )
    )
    emergencies.mark_gathered(gathering, kato)


def _write_typed_rows(gathering: GatheringRow) -> str:
    """The typed rows; the place that they name, empty when none is known."""
    on: date = clock.today()
    picture = queries.picture_of(gathering, frozenset(Registry))
    household = scoring_facts.household_row(gathering.household_id, picture)
    ScoredHousehold.objects.create(gathering=gathering, **household.model_dump(exclude={"household_id"}))
    persons = [scoring_facts.person_row(gathering.household_id, member, on) for member in picture.members]
    ScoredPerson.objects.bulk_create(
        ScoredPerson(
            member_id=UUID(row.person_id), gathering=gathering, **row.model_dump(exclude={"person_id", "household_id"})
        )
        for row in persons
    )
    kato = picture.values.get("kato", "")
    if kato:
        people_actions.keep_region(person=gathering.household.person, region_kato=kato[:2].ljust(9, "0"))
    return kato
