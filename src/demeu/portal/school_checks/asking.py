"""What the desk of school checks asks of vault within one request. Nothing of it is kept here."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Language, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, conflict
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks.models import SchoolCheck

REASON = "pupil_aid"


def verdict(actor: Actor, row: SchoolCheck, lang: Language) -> vault.Assessed | None:
    """Category and reasons, under the consent of this very moment; None when there is none yet."""
    if row.assessment is None:
        return None
    question = vault.AssessmentQuestion(assessment=row.assessment, lang=lang)
    return ask("vault", vault.ASSESSMENT_SHOW, question, actor=actor.name, purpose=Purpose.PUPIL_AID)


def send_code(actor: Actor, row: SchoolCheck) -> vault.CodeSent:
    """A code to the parent's phone; it says what it is for."""
    body = vault.CodeSend(person=_person(row), reason=REASON)
    return ask("vault", vault.CODE_SEND, body, actor=actor.name, purpose=Purpose.PUPIL_AID)


def grant(actor: Actor, row: SchoolCheck, code: UUID, digits: str) -> None:
    """The parent read the code out: the consent is granted, unless it was by a click before."""
    check = vault.CodeCheck(code=code, digits=digits[:12])
    ask("vault", vault.CODE_CHECK, check, actor=actor.name, purpose=Purpose.PUPIL_AID)
    answer = vault.ConsentAnswer(consent=_consent(row), person=_person(row), code=code)
    try:
        ask("vault", vault.CONSENT_GRANT, answer, actor=actor.name, purpose=Purpose.PUPIL_AID)
    except Refusal as refusal:
        if refusal.code != "consent.wrong_state" or refusal.facts.get("state") != "granted":
            raise


def refuse(actor: Actor, row: SchoolCheck) -> None:
    """The parent said no: nothing is asked of any registry."""
    answer = vault.ConsentAnswer(consent=_consent(row), person=_person(row))
    ask("vault", vault.CONSENT_REFUSE, answer, actor=actor.name, purpose=Purpose.PUPIL_AID)


def _person(row: SchoolCheck) -> UUID:
    if row.person is None:
        raise conflict("school_check.unknown_step")
    return row.person


def _consent(row: SchoolCheck) -> UUID:
    if row.consent is None:
        raise conflict("school_check.unknown_step")
    return row.consent
