"""Background steps of an application: handing words to vault, asking for facts, telling the category."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Registry
from demeu.kernel.calling import ask
from demeu.kernel.jobs import task
from demeu.portal.cases import actions
from demeu.portal.cases.models import Answer, Application, Dispute

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
    actions.dispute_handed_over(dispute=row.id, document=kept.document)


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
