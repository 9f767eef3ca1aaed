"""Taking in events of other services: each id once, its reactions deferred in the same transaction."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from demeu.kernel import clock
from demeu.kernel.errors import forbidden
from demeu.kernel.operations import Empty, Message, Operation


class Envelope(Message):
    """An event under way from its announcer to one listener."""

    id: UUID
    name: str
    source: str
    facts: dict[str, Any]
    request_id: str = ""


RECEIVE = Operation("events.receive", Envelope, Empty, keyed=False)


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
