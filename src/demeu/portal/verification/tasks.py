"""Telling the family what was decided; vault knows phone and language."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import application as application_by_id

ACTOR = "role:portal"


@task(attempts=500, wait_s_max=30)
def tell_visit(*, application: str) -> None:
    """A volunteer will come."""
    _tell(application, "visit_planned")


@task(attempts=500, wait_s_max=30)
def tell_refused(*, application: str) -> None:
    """A decision was made; the reason is in the cabinet."""
    _tell(application, "decision_refused")


def _tell(application: str, template: str) -> None:
    row = application_by_id(UUID(application))
    key = f"{template}-{application}"
    body = vault.MessageDeliver(person=row.person, template=template, once=key)
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)
