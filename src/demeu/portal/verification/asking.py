"""What staff ask of vault within one request: card, facts, needs, verdict, words. Nothing of it is kept here."""

import base64
from typing import Any
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Language, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.portal.accounts.rules import Actor


def card(actor: Actor, person: UUID, purpose: Purpose) -> vault.PersonCard:
    """Who it is, for this page only."""
    return ask("vault", vault.PERSON_CARD, vault.PersonQuestion(person=person), actor=actor.name, purpose=purpose)


def name_of(actor: Actor, person: UUID) -> str:
    """A colleague's name; empty while vault is away."""
    with suppressed(Kind.UNAVAILABLE, Kind.NOT_FOUND):
        return card(actor, person, Purpose.CASE_REVIEW).display_name
    return ""


def _question(application: Any) -> vault.HouseholdQuestion | None:
    if application.household is None or application.consent is None:
        return None
    return vault.HouseholdQuestion(household=application.household, consent=application.consent)


def facts(actor: Actor, application: Any, purpose: Purpose) -> tuple[vault.Fact, ...]:
    """The frozen facts; empty when none were gathered."""
    question = _question(application)
    return () if question is None else ask("vault", vault.FACTS_SHOW, question, actor=actor.name, purpose=purpose).facts


def needs(actor: Actor, application: Any) -> vault.NeedFacts | None:
    """Need codes and attributes, without names."""
    question = _question(application)
    if question is None:
        return None
    return ask("vault", vault.FACTS_NEEDS, question, actor=actor.name, purpose=Purpose.CASE_REVIEW)


def needs_if_there(actor: Actor, application: Any) -> vault.NeedFacts | None:
    """The same, or None while vault is away or the consent has ended."""
    with suppressed(Kind.UNAVAILABLE, Kind.FORBIDDEN):
        return needs(actor, application)
    return None


def attributes(actor: Actor, application: Any) -> tuple[str, ...]:
    """Attributes of the family that state services look at."""
    found = needs(actor, application)
    return found.attributes if found else tuple(application.case.attributes)


def verdict(actor: Actor, application: Any, lang: Language) -> vault.Assessed | None:
    """The stored verdict; None when there is none yet."""
    if application.assessment is None:
        return None
    question = vault.AssessmentQuestion(assessment=application.assessment, lang=lang)
    return ask("vault", vault.ASSESSMENT_SHOW, question, actor=actor.name, purpose=Purpose.CASE_REVIEW)


def words(actor: Actor, application: Any) -> str:
    """What the applicant wrote; empty while it is still on its way to vault."""
    answer = application.answers.filter(question="words").first()
    if answer is None or answer.document is None:
        return ""
    return _read(actor, answer.document)


def dispute_words(actor: Actor, document: UUID | None) -> str:
    """What the family says of a disputed fact; empty while it is still on its way to vault."""
    return _read(actor, document) if document else ""


def settle(actor: Actor, dispute: UUID, *, upheld: bool, value: str | None) -> None:
    """Tell vault what a human has decided about a disputed fact."""
    body = vault.SettleContest(contest=dispute, upheld=upheld, value=value)
    ask("vault", vault.CONTEST_SETTLE, body, actor=actor.name, purpose=Purpose.CASE_REVIEW)


def _read(actor: Actor, document: UUID) -> str:
    question = vault.DocumentQuestion(document=document)
    kept = ask("vault", vault.DOCUMENT_GET, question, actor=actor.name, purpose=Purpose.CASE_REVIEW)
    return base64.b64decode(kept.content_b64).decode(errors="replace")


def keep_act(actor: Actor, application: UUID, person: UUID, text: str) -> vault.DocumentKept:
    """The act's text, kept in vault."""
    body = vault.DocumentPut(subject=f"application:{application}", kind="visit.act", person=person, text=text)
    return ask("vault", vault.DOCUMENT_PUT, body, actor=actor.name, purpose=Purpose.HOME_VISIT)


def keep_photo(actor: Actor, application: UUID, person: UUID, file_name: str, content: bytes) -> vault.DocumentKept:
    """A photograph: vault decodes it and strips its metadata."""
    body = vault.FilePut(
        subject=f"application:{application}",
        kind="visit.photo",
        person=person,
        file_name=file_name[-200:] or "photo",
        content_b64=base64.b64encode(content).decode(),
    )
    return ask("vault", vault.FILE_PUT, body, actor=actor.name, purpose=Purpose.HOME_VISIT, deadline_s=20)
