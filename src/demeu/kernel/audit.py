"""Recording who did what. Called inside the transaction of the action it records."""

from uuid import UUID

from demeu.kernel import clock, context
from demeu.kernel.errors import Fact
from demeu.kernel.models import Audit


def record(*, actor: str, action: str, subject: str, **facts: Fact | UUID) -> None:
    """Add one line to the audit. `actor` is «person:<ref>» or «role:<name>»; facts hold nothing personal."""
    plain = {name: str(fact) if isinstance(fact, UUID) else fact for name, fact in facts.items()}
    Audit.objects.create(
        at=clock.now(), actor=actor, action=action, subject=subject, facts=plain, request_id=context.request_id()
    )
