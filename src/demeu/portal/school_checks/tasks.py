"""Steps of a check that vault does: whom, the question, the registries, the category. Each is tried until done."""

from collections.abc import Sequence
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import PUPIL_AID_REGISTRIES, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.jobs import task
from demeu.portal.legal.queries import current_version
from demeu.portal.school_checks import actions
from demeu.portal.school_checks.models import SchoolCheck
from demeu.portal.school_checks.rules import CheckState

PREFIX = "school_check:"
CONSENT_DAYS = 30
LEGAL_TEXT = "pupil-aid"


@task(attempts=500, wait_s_max=30)
def hand_over_check(*, check: str) -> None:
    """Give the sealed number to vault and let it put the question to the parent."""
    row = SchoolCheck.objects.get(id=check)
    if row.state != CheckState.RECEIVED:
        return
    actor = f"person:{row.pedagogue}"
    try:
        body = vault.PersonByNumber(sealed=row.sealed)
        entered = ask(
            "vault", vault.PERSON_BY_NUMBER, body, actor=actor, purpose=Purpose.PUPIL_AID, idempotency_key=f"by-{check}"
        )
    except Refusal as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        actions.note_unusable(check=row.id, reason=refusal.code)
        return
    question = vault.ConsentAsk(
        person=entered.person,
        subject=f"{PREFIX}{check}",
        purpose=Purpose.PUPIL_AID,
        registries=PUPIL_AID_REGISTRIES,
        term_days=CONSENT_DAYS,
        text_version=current_version(LEGAL_TEXT),
    )
    consent = ask(
        "vault", vault.CONSENT_ASK, question, actor=actor, purpose=Purpose.PUPIL_AID, idempotency_key=f"pupil-{check}"
    )
    actions.note_asked(check=row.id, person=entered.person, consent=consent.consent)


@task(attempts=500, wait_s_max=30)
def begin_gathering(*, check: str) -> None:
    """The parent agreed: let vault ask the registries."""
    row = SchoolCheck.objects.get(id=check)
    if row.state != CheckState.GATHERING or row.person is None or row.consent is None:
        return
    body = vault.GatherFacts(
        person=row.person, subject=f"{PREFIX}{check}", consent=row.consent, purpose=Purpose.PUPIL_AID
    )
    actor, key = f"person:{row.pedagogue}", f"gather-{check}"
    ask("vault", vault.FACTS_GATHER, body, actor=actor, purpose=Purpose.PUPIL_AID, idempotency_key=key)


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
    """`facts.gathered`: have the household assessed; the category is kept for the figures, the parent is told."""
    if not subject.startswith(PREFIX):
        return
    row = SchoolCheck.objects.get(id=subject.removeprefix(PREFIX))
    question = vault.HouseholdQuestion(household=UUID(household), consent=UUID(consent))
    actor, key = f"person:{row.pedagogue}", f"assess-{gathering}"
    try:
        assessed = ask("vault", vault.ASSESS, question, actor=actor, purpose=Purpose.PUPIL_AID, idempotency_key=key)
    except Refusal as refusal:
        if refusal.code == "consent.missing":
            return
        raise
    kept = actions.note_category(
        check=row.id,
        household=assessed.household,
        assessment=assessed.assessment,
        category=assessed.category,
        silent=silent,
    )
    if kept is not None:
        tell_parent.defer(check=str(row.id))


@task()
def tell_parent(*, check: str) -> None:
    """The parent is told that the school has learned the category, and how to withdraw."""
    row = SchoolCheck.objects.get(id=check)
    assert row.person is not None
    body = vault.MessageDeliver(person=row.person, template="pupil_aid_checked", facts={}, once=f"pupil-{check}")
    key = f"tell-pupil-{check}"
    ask("vault", vault.MESSAGE_DELIVER, body, actor="role:portal", purpose=Purpose.NOTICE, idempotency_key=key)


@task(attempts=20)
def take_consent_change(*, consent: str, subject: str, state: str) -> None:
    """`consent.changed`: the parent has answered for a check, or taken the answer back."""
    if subject.startswith(PREFIX):
        actions.note_consent(check=UUID(subject.removeprefix(PREFIX)), consent=UUID(consent), state=state)
