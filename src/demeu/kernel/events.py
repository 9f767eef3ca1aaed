"""Events: a service announces what happened and does not know who listens.

`announce` runs inside the transaction of the change: the delivery job is the outbox. Events carry ids and the facts
needed to decide, never a name.
"""

from uuid import UUID

from django.conf import settings

from demeu.kernel import clock, context
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Event


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
