"""Background steps of an application: handing words to vault, asking for facts, telling the category."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases import actions
from demeu.portal.cases.actions import disputes
from demeu.portal.cases.models import Answer, Application, Dispute
from demeu.portal.cases.rules import ApplicationState

ACTOR = "role:portal"


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
def hand_over_dispute(*, dispute: str) -> None:
    """Give the sealed words about a disputed fact to vault, again and again until they are there."""
    row = Dispute.objects.select_related("application").filter(id=dispute).first()
    if row is None or not row.sealed:
        return
    body = vault.DocumentPut(
        subject=f"application:{row.application_id}",
        kind="application.dispute",
        person=row.application.person,
        text=row.sealed,
        sealed=True,
    )
    key = f"dispute-{dispute}"
    kept = ask("vault", vault.DOCUMENT_PUT, body, actor=ACTOR, purpose=Purpose.CASE_REVIEW, idempotency_key=key)
    assert row.application.household is not None
    contested = vault.ContestFact(
        contest=row.id,
        household=row.application.household,
        code=row.fact,
        member=row.member,
        evidence=(kept.document, *(UUID(paper) for paper in row.papers)),
    )
    ask(
        "vault",
        vault.FACT_CONTEST,
        contested,
        actor=ACTOR,
        purpose=Purpose.CASE_REVIEW,
        idempotency_key=f"contest-{key}",
    )
    disputes.dispute_handed_over(dispute=row.id, document=kept.document)


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


AGAIN_S = 3600


@task(attempts=500, wait_s_max=300)
def ask_again(*, application: str) -> None:
    """Registries were silent: ask once more, unless the application has gone on or its consent has ended."""
    row = Application.objects.get(id=application)
    if row.state != ApplicationState.WAITING_REGISTRY or row.consent is None:
        return
    body = vault.GatherFacts(
        person=row.person, subject=f"application:{application}", consent=row.consent, purpose=Purpose.ASSESSMENT
    )
    key = f"gather-{application}-after-{row.gathering}"
    gathering = ask("vault", vault.FACTS_GATHER, body, actor=ACTOR, purpose=Purpose.ASSESSMENT, idempotency_key=key)
    actions.note_gathering(application=row.id, gathering=gathering)


@task()
def tell_silence(*, application: str) -> None:
    """Tell the person once that a department is silent, that we ask again, and that it costs them nothing."""
    row = Application.objects.get(id=application)
    body = vault.MessageDeliver(person=row.person, template="registry_silent", facts={}, once=f"silent-{application}")
    key = f"tell-silent-{application}"
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)


@task(attempts=20)
def open_fast_lane(*, household: str, source: str, kind: str, began_at: str) -> None:
    """`household.struck`: what this household has asked for goes first; the person is told once."""
    for application in actions.open_fast_lane(household=UUID(household), kind=kind):
        tell_emergency.defer(application=str(application))


@task()
def tell_emergency(*, application: str) -> None:
    """Tell the person that we know of the emergency and that their application goes first."""
    row = Application.objects.get(id=application)
    body = vault.MessageDeliver(
        person=row.person, template="emergency_nearby", facts={}, once=f"emergency-{application}"
    )
    key = f"tell-emergency-{application}"
    ask("vault", vault.MESSAGE_DELIVER, body, actor=ACTOR, purpose=Purpose.NOTICE, idempotency_key=key)


@task(attempts=100, wait_s_max=60)
def take_correction(*, household: str, consent: str, contest: str, upheld: bool) -> None:
    """`facts.corrected`: a human has decided; where a fact was wrong the household is assessed again."""
    for row in disputes.note_decided(contest=UUID(contest)):
        if not upheld or row.state not in (ApplicationState.REVIEW, ApplicationState.VISIT):
            continue
        question = vault.HouseholdQuestion(household=UUID(household), consent=UUID(consent))
        key = f"assess-after-{contest}"
        assessed = ask("vault", vault.ASSESS, question, actor=ACTOR, purpose=Purpose.ASSESSMENT, idempotency_key=key)
        actions.note_reassessment(application=row.id, assessed=assessed)


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


@task()
def take_consent_change(*, consent: str, subject: str, state: str) -> None:
    """`consent.changed`: a withdrawn or expired consent is forgotten; the person has been told by vault."""
    if state in ("withdrawn", "expired") and subject.startswith("application:"):
        actions.lose_consent(application=UUID(subject.removeprefix("application:")), consent=UUID(consent), state=state)
