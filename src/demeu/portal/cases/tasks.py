"""Background steps of an application: handing words to vault, asking for facts, taking the verdict."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases import actions
from demeu.portal.cases.models import Answer, Application
from demeu.portal.entitlements.queries import minimum_tiyn
from demeu.portal.entitlements.rules import grounds
from demeu.portal.wishes.actions import form_wish_list, put_state_first

ACTOR = "role:portal"
ASKED_REGISTRIES = tuple(Registry)


@task(attempts=500, wait_s_max=30)
def hand_over_answer(*, application: str, question: str) -> None:
    """Give a sealed answer to vault, again and again until it is there."""
    answer = Answer.objects.select_related("application").filter(application_id=application, question=question).first()
    if answer is None or not answer.sealed:
        return
    body = vault.DocumentPut(
        subject=f"application:{application}",
        kind=f"application.{question}",
        person=answer.application.person,
        text=answer.sealed,
        sealed=True,
    )
    kept = ask("vault", vault.DOCUMENT_PUT, body, actor=ACTOR, purpose=Purpose.CASE_REVIEW)
    actions.answer_handed_over(
        application=UUID(application), question=question, sealed=answer.sealed, document=kept.document
    )


@task(attempts=500, wait_s_max=30)
def begin_gathering(*, application: str) -> None:
    """Ask vault to ask the registries, under the consent that was given."""
    row = Application.objects.get(id=application)
    assert row.consent is not None
    body = vault.GatherFacts(
        person=row.person,
        subject=f"application:{application}",
        consent=row.consent,
        purpose=Purpose.ASSESSMENT,
    )
    gathering = ask(
        "vault",
        vault.FACTS_GATHER,
        body,
        actor=ACTOR,
        purpose=Purpose.ASSESSMENT,
        idempotency_key=f"gather-{application}",
    )
    actions.note_gathering(application=row.id, gathering=gathering)


@task(attempts=100, wait_s_max=30)
def take_facts(
    *, gathering: str, subject: str, household: str, consent: str, answered: list[str], silent: list[str]
) -> None:
    """Facts are there: note who is silent, then have the household assessed on what is known."""
    application = UUID(subject.removeprefix("application:"))
    row = actions.note_silence(application=application, silent=silent)
    question = vault.HouseholdQuestion(household=UUID(household), consent=UUID(consent))
    key = f"assess-{gathering}-{len(silent)}"
    assessed = ask("vault", vault.ASSESS, question, actor=ACTOR, purpose=Purpose.ASSESSMENT, idempotency_key=key)
    needs = ask("vault", vault.FACTS_NEEDS, question, actor=ACTOR, purpose=Purpose.ASSESSMENT)
    case = actions.note_assessment(application=row.id, assessed=assessed, needs=needs)
    form_wish_list(case=case.id, needs=needs.needs, by=ACTOR)
    attributes = grounds(needs.attributes, needs.income_per_member_tiyn, minimum_tiyn(clock.today()))
    put_state_first(case=case.id, attributes=attributes, category=row.category or case.category, by=ACTOR)
    tell_category.defer(application=str(application))


@task()
def tell_category(*, application: str) -> None:
    """Tell the person that the category is known; vault knows the phone and the language."""
    row = Application.objects.get(id=application)
    body = vault.MessageDeliver(
        person=row.person,
        template="category_known",
        facts={"category": str(row.category)},
        once=f"category-{application}",
    )
    ask(
        "vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=f"tell-{application}"
    )
