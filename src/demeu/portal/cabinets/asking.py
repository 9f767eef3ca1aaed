"""What the cabinet asks of vault, for the person themselves. When vault is away the page says so and still serves."""

import base64
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.scoring import Assessment, Indicator
from demeu.contracts.words import Language, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Application


def card(actor: Actor) -> vault.PersonCard | None:
    """The person's own card; None while vault is away."""
    assert actor.person is not None
    question = vault.PersonQuestion(person=actor.person)
    with suppressed(Kind.UNAVAILABLE):
        return ask("vault", vault.PERSON_CARD, question, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=2)
    return None


def verdict(actor: Actor, row: Application, lang: Language) -> vault.Assessed | None:
    """The stored verdict of an application; None when there is none yet."""
    if row.assessment is None:
        return None
    question = vault.AssessmentQuestion(assessment=row.assessment, lang=lang)
    return ask("vault", vault.ASSESSMENT_SHOW, question, actor=actor.name, purpose=Purpose.OWN_DATA)


def changes(actor: Actor, row: Application, lang: Language) -> vault.AssessmentChanges | None:
    """What would change the stored verdict; None when there is none yet."""
    if row.assessment is None:
        return None
    question = vault.AssessmentQuestion(assessment=row.assessment, lang=lang)
    return ask("vault", vault.ASSESSMENT_CHANGES, question, actor=actor.name, purpose=Purpose.OWN_DATA)


def facts(actor: Actor, row: Application) -> tuple[vault.Fact, ...]:
    """The frozen facts of an application; empty when none were gathered."""
    if row.household is None or row.consent is None:
        return ()
    question = vault.HouseholdQuestion(household=row.household, consent=row.consent)
    return ask("vault", vault.FACTS_SHOW, question, actor=actor.name, purpose=Purpose.OWN_DATA).facts


def keep_papers(actor: Actor, row: Application, papers: list[tuple[str, bytes]]) -> list[UUID]:
    """Evidence of a dispute, kept in vault: decoded, scanned, sealed."""
    kept = []
    for name, content in papers:
        body = vault.FilePut(
            subject=f"application:{row.id}",
            kind="application.evidence",
            person=row.person,
            file_name=name[-200:],
            content_b64=base64.b64encode(content).decode(),
        )
        answer = ask("vault", vault.FILE_PUT, body, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=20)
        kept.append(answer.document)
    return kept


def enter_family(
    actor: Actor,
    row: Application,
    basis: UUID,
    *,
    facts: dict[str, str],
    members: tuple[vault.EnteredMember, ...],
    protected: bool,
) -> None:
    """What an institution saw of a family, on a paper that vault holds."""
    assert row.consent is not None
    body = vault.EnterFacts(
        person=row.person,
        subject=f"application:{row.id}",
        consent=row.consent,
        basis=basis,
        protected=protected,
        facts=facts,
        members=members,
    )
    ask("vault", vault.FACTS_ENTER, body, actor=actor.name, purpose=Purpose.ASSESSMENT)


def registry_log(actor: Actor) -> vault.RegistryLog | None:
    """Accesses that the state's own service remembers; None while it does not answer."""
    assert actor.person is not None
    question = vault.PersonQuestion(person=actor.person)
    with suppressed(Kind.UNAVAILABLE):
        return ask("vault", vault.REGISTRY_LOG, question, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=12)
    return None


def needs(actor: Actor, row: Application) -> vault.NeedFacts | None:
    """Need codes and attributes, for the list of state services."""
    if row.household is None or row.consent is None:
        return None
    question = vault.HouseholdQuestion(household=row.household, consent=row.consent)
    return ask("vault", vault.FACTS_NEEDS, question, actor=actor.name, purpose=Purpose.OWN_DATA)


def consents(actor: Actor) -> tuple[vault.Consent, ...]:
    """All consents of the person."""
    assert actor.person is not None
    question = vault.PersonQuestion(person=actor.person)
    return ask("vault", vault.CONSENT_LIST, question, actor=actor.name, purpose=Purpose.OWN_DATA).consents


def withdraw(actor: Actor, consent: UUID) -> vault.Consent:
    """Withdraw one of the person's consents."""
    assert actor.person is not None
    answer = vault.ConsentAnswer(consent=consent, person=actor.person)
    return ask("vault", vault.CONSENT_WITHDRAW, answer, actor=actor.name, purpose=Purpose.OWN_DATA)


def refuse(actor: Actor, consent: UUID) -> vault.Consent:
    """Say no to a consent that is asked."""
    assert actor.person is not None
    answer = vault.ConsentAnswer(consent=consent, person=actor.person)
    return ask("vault", vault.CONSENT_REFUSE, answer, actor=actor.name, purpose=Purpose.OWN_DATA)


def grant(actor: Actor, consent: UUID, signature: UUID) -> vault.Consent:
    """Say yes to a consent that is asked, by a kept signature under its text."""
    assert actor.person is not None
    answer = vault.ConsentAnswer(consent=consent, person=actor.person, signature=signature)
    return ask("vault", vault.CONSENT_GRANT, answer, actor=actor.name, purpose=Purpose.OWN_DATA)


def receipt(actor: Actor, consent: UUID) -> str:
    """The consent's receipt, JSON-LD."""
    question = vault.ConsentQuestion(consent=consent)
    return ask("vault", vault.CONSENT_RECEIPT, question, actor=actor.name, purpose=Purpose.OWN_DATA).json_ld


def trail(actor: Actor, before: int | None = None) -> vault.AccessTrail:
    """A page of who looked at the person's data; `before` is the number of the last look already seen."""
    assert actor.person is not None
    question = vault.TrailQuestion(person=actor.person, before=before)
    return ask("vault", vault.ACCESS_TRAIL, question, actor=actor.name, purpose=Purpose.OWN_DATA)


@dataclass(frozen=True)
class IndicatorGroup:
    """Indicators of one group with their sum, as the score page shows them."""

    code: str
    points: int
    rows: tuple[tuple[int, Indicator], ...]


def grouped(found: Assessment) -> list[IndicatorGroup]:
    """The 23 indicators by group, numbered."""
    numbered = list(enumerate(found.indicators, start=1))
    groups: list[IndicatorGroup] = []
    for code, rows in groupby(numbered, key=lambda row: row[1].group):
        listed: tuple[Any, ...] = tuple(rows)
        groups.append(IndicatorGroup(code, sum(row.points for _, row in listed), listed))
    return groups
