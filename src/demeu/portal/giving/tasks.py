"""What the portal does when the treasury tells how a gift ended: it keeps a copy, so that pages need not ask."""

from datetime import date, datetime
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.clock import ALMATY
from demeu.kernel.jobs import task
from demeu.portal.giving import actions
from demeu.portal.giving.rules import IntentState

ACTOR = "role:treasury"
PORTAL = "role:portal"


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


@task(attempts=500, wait_s_max=30)
def tell_monthly(
    *,
    plan: str,
    donor: str,
    what: str,
    month: str,
    on: str,
    amount_tiyn: int,
    next_on: str | None,
    attempt: int = 0,
) -> None:
    """`monthly.news`: tell the donor once what is ahead of a monthly gift, or what went wrong with it."""
    facts = {"day": f"{date.fromisoformat(next_on):%d.%m.%Y}"} if next_on else {}
    _tell(UUID(donor), f"monthly_{what}", facts, once=f"monthly-{plan}-{month}-{what}-{attempt}")


@task(attempts=500, wait_s_max=30)
def tell_question(*, gift: str, donor: str | None, amount_tiyn: int, answer_by: str) -> None:
    """`gift.asks`: a known donor is told that an answer is awaited; a guest sees it on the gift's page."""
    if donor is None:
        return
    until = datetime.fromisoformat(answer_by).astimezone(ALMATY)
    _tell(UUID(donor), "gift_asks", {"day": f"{until:%d.%m.%Y}"}, once=f"surplus-{gift}-{until:%Y%m%d}")


def _tell(person: UUID, template: str, facts: dict[str, str], *, once: str) -> None:
    body = vault.MessageDeliver(person=person, template=template, facts=facts, once=once)
    ask("vault", vault.MESSAGE_DELIVER, body, actor=PORTAL, purpose=Purpose.NOTICE, idempotency_key=f"tell-{once}")
