"""Events: a service announces what happened and does not know who listens.

`announce` runs inside the transaction of the change: the delivery job is the outbox. The listener's inbox keeps each
event id once and defers its reactions. Events carry ids and facts needed to decide, never a name.
"""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from demeu.kernel import clock, context
from demeu.kernel.errors import forbidden
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty, Event, Message, Operation


class Envelope(Message):
    """An event under way from its announcer to one listener."""

    id: UUID
    name: str
    source: str
    facts: dict[str, Any]
    request_id: str = ""


RECEIVE = Operation("events.receive", Envelope, Empty, keyed=False)


def announce(event: Event) -> UUID:
    """Make the event known to every listener of the topology, once the present transaction commits."""
    from demeu.kernel.models import Announcement
    from demeu.kernel.outbox import deliver

    identifier = new_id()
    facts = event.model_dump(mode="json")
    Announcement.objects.create(
        id=identifier, name=event.name, facts=facts, at=clock.now(), request_id=context.request_id()
    )
    for listener in settings.DEMEU_LISTENERS.get(event.name, ()):
        deliver.defer(announcement=str(identifier), listener=listener)
    return identifier


def accept(envelope: Envelope, caller: str) -> Empty:
    """Take an event in: store its id and defer the reactions to it, both or neither; a repeat changes nothing."""

    if envelope.source != caller:
        raise forbidden("event.foreign_source", source=envelope.source)
    with transaction.atomic():
        if _store_first(envelope):
            for reaction in reactions_to(envelope.name):
                reaction.defer(**envelope.facts)
    return Empty()


def _store_first(envelope: Envelope) -> bool:
    """Store the event; False when its id is there already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_inboxevent (id, name, source, facts, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            [envelope.id, envelope.name, envelope.source, json.dumps(envelope.facts), clock.now()],
        )
        return bool(cursor.rowcount == 1)


def reactions_to(name: str) -> tuple[Any, ...]:
    """The jobs that this service's `reactions.py` runs when the event arrives."""
    table: dict[str, tuple[Any, ...]] = import_string(f"{settings.DEMEU_REACTIONS}.REACTIONS")
    return table.get(name, ())
