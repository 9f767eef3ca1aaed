"""Delivery of announced events to their listeners, again and again until accepted."""

from demeu.kernel import calling
from demeu.kernel.inbox import RECEIVE, Envelope
from demeu.kernel.jobs import task
from demeu.kernel.models import Announcement

# A service's own work goes first: thousands of events for a listener that is down must not hold it up.
PRIORITY = -10
# Every half a minute for a year: an event is not given up because a listener was away for a night.
ATTEMPTS_MAX = 1_000_000


@task(attempts=ATTEMPTS_MAX, wait_s_max=30, priority=PRIORITY)
def deliver(*, announcement: str, listener: str) -> None:
    """Hand one event to one listener; a repeat is harmless because the listener keeps each id once."""
    from django.conf import settings

    row = Announcement.objects.get(id=announcement)
    envelope = Envelope(
        id=row.id, name=row.name, source=settings.DEMEU_ROLE, facts=row.facts, request_id=row.request_id
    )
    calling.ask(listener, RECEIVE, envelope, actor=f"role:{settings.DEMEU_ROLE}", purpose="event")
