"""Background steps of delivery: asking the family, and what their reply sets going. Every one may run twice."""

from uuid import UUID

from demeu.contracts import treasury, vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.payments import actions, following
from demeu.portal.payments.queries import asked_already, handed_over_items
from demeu.portal.payments.rules import again_of, awaited, awaited_again, delivery_of

ACTOR = "role:portal"


@task(attempts=500, wait_s_max=30)
def ask_family(*, case: str, item: str) -> None:
    """Ask by SMS whether what was handed over came; vault knows the phone and the language and waits for the reply.

    One question stands for everything that is handed over while it is unanswered: a family is not asked three times.
    """
    if asked_already(UUID(case), UUID(item)):
        return
    body = vault.MessageDeliver(
        person=case_by_id(UUID(case)).person,
        template="delivery_confirm",
        once=f"delivery-{item}",
        awaits_reply=awaited(UUID(case), UUID(item)),
    )
    key = f"ask-delivery-{item}"
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)


@task(attempts=500, wait_s_max=30)
def take_reply(*, message: str, awaits: str, answer: str) -> None:
    """`message.replied`: yes confirms the delivery, no puts it on the curator's desk; unclear is asked again."""
    again = again_of(awaits)
    if again is not None:
        _take_second(UUID(message), *again, answer)
        return
    found = delivery_of(awaits)
    if found is None:
        return
    case, item = found
    if answer == "no":
        actions.note_problem(message=UUID(message), case=case, item=item, by=ACTOR)
    if answer == "yes":
        for handed_over in {item, *handed_over_items(case)}:
            body = treasury.DeliveryConfirm(case=case, item=handed_over, by="sms")
            key = f"confirm-sms-{handed_over}"
            ask("treasury", treasury.DELIVERY_CONFIRM, body, actor=ACTOR, purpose=Purpose.DELIVERY, idempotency_key=key)


def _take_second(message: UUID, case: UUID, item: UUID, answer: str) -> None:
    """The answer of a family that was drawn by lot; a no stands on the curator's desk as well."""
    if answer in ("yes", "no") and following.note_second_answer(item=item, yes=answer == "yes") and answer == "no":
        actions.note_problem(message=message, case=case, item=item, by=ACTOR)


@task(attempts=500, wait_s_max=30)
def ask_again(*, case: str, item: str) -> None:
    """Ask a family that was drawn by lot once more whether the help came."""
    body = vault.MessageDeliver(
        person=case_by_id(UUID(case)).person,
        template="delivery_confirm",
        once=f"delivery-again-{item}",
        awaits_reply=awaited_again(UUID(case), UUID(item)),
    )
    key = f"ask-again-{item}"
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)


@task(attempts=3)
def follow_deliveries() -> None:
    """Open tickets for silent deliveries; close those of families who have answered meanwhile."""
    following.open_tickets()


@task(attempts=3)
def draw_again() -> None:
    """Draw by lot who of last month's families is asked again; a second run draws only what is missing."""
    following.draw_sample(ask=ask_later)


def ask_later(case: UUID, item: UUID) -> None:
    """Queue the second question to one family."""
    ask_again.defer(case=str(case), item=str(item))
