"""What the portal does when the treasury tells how a gift ended: it keeps a copy, so that pages need not ask."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.portal.giving import actions
from demeu.portal.giving.rules import IntentState

ACTOR = "role:treasury"


@task()
def note_received(*, gift: str, amount_tiyn: int, target_kind: str, case: str | None, donor: str | None) -> None:
    """`gift.received`: the gateway confirmed."""
    actions.note_gift(gift=UUID(gift), state=IntentState.RECEIVED, by=ACTOR)


@task()
def note_returned(*, gift: str, amount_tiyn: int, state: str) -> None:
    """`gift.returned`: refunded whole or recalled; a part that went back leaves the gift received."""
    actions.note_gift(gift=UUID(gift), state=state, by=ACTOR)


@task()
def note_failed(*, gift: str, state: str) -> None:
    """`gift.failed`: declined, or nobody paid in time."""
    actions.note_gift(gift=UUID(gift), state=state, by=ACTOR)
