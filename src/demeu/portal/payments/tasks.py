"""Background steps of delivery: asking the family, and what their reply sets going. Every one may run twice."""

from uuid import UUID

from demeu.contracts import treasury, vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.payments import actions
from demeu.portal.payments.rules import awaited, delivery_of

ACTOR = "role:portal"


@task(attempts=500, wait_s_max=30)
def ask_family(*, case: str, item: str) -> None:
    """Ask by SMS whether the item came; vault knows the phone and the language and waits for the reply."""
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
    found = delivery_of(awaits)
    if found is None:
        return
    case, item = found
    if answer == "no":
        actions.note_problem(message=UUID(message), case=case, item=item, by=ACTOR)
    if answer == "yes":
        body = treasury.DeliveryConfirm(case=case, item=item, by="sms")
        key = f"confirm-sms-{item}"
        ask("treasury", treasury.DELIVERY_CONFIRM, body, actor=ACTOR, purpose=Purpose.DELIVERY, idempotency_key=key)
