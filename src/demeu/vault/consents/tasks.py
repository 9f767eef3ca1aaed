"""The periodic end of consents past their term, and answers that came by reply to an SMS."""

from uuid import UUID

from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.vault.consents import actions

log = logger(__name__)


@task(attempts=3)
def expire_consents() -> None:
    """Mark consents past their term and announce it."""
    actions.expire_consents()


@task(attempts=8)
def take_reply(*, message: str, person: str, awaits: str, answer: str) -> None:
    """A question «consent:<id>» was answered: yes grants it, no refuses it; an unclear answer leaves it asked."""
    if answer not in ("yes", "no"):
        return
    try:
        actions.answer_by_reply(
            consent=UUID(awaits.partition(":")[2]),
            person=UUID(person),
            granted=answer == "yes",
            message=UUID(message),
            actor=f"person:{person}",
        )
    except Refusal as refusal:
        if refusal.kind is Kind.UNAVAILABLE:
            raise
        log.warning("consent.reply_not_taken", reason=refusal.code)
    except ValueError:
        log.warning("consent.reply_not_taken", reason="consent.unknown")
