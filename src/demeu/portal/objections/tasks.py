"""Telling a person that their objection has been answered. What is in the answer stays in the cabinet."""

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.objections.models import Objection

ACTOR = "role:portal"


@task(attempts=500, wait_s_max=30)
def tell_answered(*, objection: str) -> None:
    """Once for each objection, however often the job runs; an objection without an answer is told nothing."""
    row = Objection.objects.filter(id=objection, state=Objection.ANSWERED).first()
    if row is None:
        return
    key = f"objection_answered-{objection}"
    body = vault.MessageDeliver(person=row.person, template="objection_answered", once=key)
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)
