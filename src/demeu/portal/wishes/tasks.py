"""When facts have been gathered: the verdict, the draft of the case and the wish list that forms itself."""

from collections.abc import Sequence
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases.actions import note_assessment, note_silence
from demeu.portal.cases.rules import waits_for
from demeu.portal.cases.tasks import AGAIN_S, ask_again, tell_category, tell_silence
from demeu.portal.entitlements.queries import minimum_tiyn
from demeu.portal.entitlements.rules import grounds
from demeu.portal.wishes.actions import form_wish_list, put_state_first

ACTOR = "role:portal"


@task(attempts=100, wait_s_max=30)
def take_facts(
    *,
    gathering: str,
    subject: str,
    household: str,
    consent: str,
    answered: list[str],
    silent: list[str],
    worth_waiting: Sequence[str] = (),
) -> None:
    """Facts are there: while a registry may still answer the application waits, else what is known is assessed."""
    if not subject.startswith("application:"):
        return
    application = UUID(subject.removeprefix("application:"))
    row = note_silence(application=application, silent=silent)
    if waits_for(row, worth_waiting, clock.now()):
        ask_again.defer(delay_s=AGAIN_S, application=str(application))
        tell_silence.defer(application=str(application))
        return
    question = vault.HouseholdQuestion(household=UUID(household), consent=UUID(consent))
    key = f"assess-{gathering}-{len(silent)}"
    assessed = ask("vault", vault.ASSESS, question, actor=ACTOR, purpose=Purpose.ASSESSMENT, idempotency_key=key)
    needs = ask("vault", vault.FACTS_NEEDS, question, actor=ACTOR, purpose=Purpose.ASSESSMENT)
    case = note_assessment(application=row.id, assessed=assessed, needs=needs)
    form_wish_list(case=case.id, needs=needs.needs, by=ACTOR)
    attributes = grounds(needs.attributes, needs.income_per_member_tiyn, minimum_tiyn(clock.today()))
    put_state_first(case=case.id, attributes=attributes, category=row.category or case.category, by=ACTOR)
    tell_category.defer(application=str(application))
