"""Objecting and answering."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import AccessLine
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, forbidden, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.portal.objections import rules
from demeu.portal.objections.models import Objection
from demeu.portal.objections.tasks import tell_answered


@transaction.atomic
def object_to_look(*, person: UUID, look: int, trail: Sequence[AccessLine], by: str) -> Objection:
    """The person objects to a look of their own trail; told again, the same objection. One's own looks are no case.

    Refuses `objection.unknown_look`, `objection.own_look`.
    """
    line = next((line for line in trail if line.record == look), None)
    if line is None:
        raise not_found("objection.unknown_look")
    if line.actor == by:
        raise invalid("objection.own_look")
    moment = clock.now()
    row, fresh = Objection.objects.get_or_create(
        person=person,
        look=look,
        defaults={
            "id": new_id(),
            "fields": list(line.fields),
            "made_at": moment,
            "due_at": rules.due_after(moment),
            **{
                name: getattr(line, name)
                for name in ("at", "actor", "office", "organization", "about", "operation", "purpose")
            },
        },
    )
    if fresh:
        record(actor=by, action="objection.made", subject=f"objection:{row.id}", look=look)
    return row


def require_answerable(*, objection: UUID, by: str, words: str) -> Objection:
    """The objection, when this person may answer it with these words.

    Refuses `objection.unknown`, `objection.answered`, `objection.not_by_you`, `objection.words_length`.
    """
    row = Objection.objects.filter(id=objection).first()
    if row is None:
        raise not_found("objection.unknown")
    if row.state != Objection.RECEIVED:
        raise conflict("objection.answered")
    if not rules.may_answer(answerer=by, looked=row.actor, objector=f"person:{row.person}"):
        raise forbidden("objection.not_by_you")
    if not words.strip() or len(words) > rules.WORDS_LENGTH_MAX:
        raise invalid("objection.words_length", most=rules.WORDS_LENGTH_MAX)
    return row


@transaction.atomic
def answer_objection(*, objection: UUID, answer: UUID, by: str) -> None:
    """Note the answer that vault keeps, and have the person told; the same answer again changes nothing.

    Refuses as `require_answerable`.
    """
    row = Objection.objects.select_for_update().filter(id=objection).first()
    if row is None:
        raise not_found("objection.unknown")
    if row.state == Objection.ANSWERED:
        if row.answer == answer:
            return
        raise conflict("objection.answered")
    if not rules.may_answer(answerer=by, looked=row.actor, objector=f"person:{row.person}"):
        raise forbidden("objection.not_by_you")
    row.state, row.answer, row.answered_by, row.answered_at = Objection.ANSWERED, answer, by, clock.now()
    row.save()
    record(actor=by, action="objection.answered", subject=f"objection:{row.id}")
    tell_answered.defer(objection=str(row.id))
