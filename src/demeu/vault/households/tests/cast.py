"""People, consents and gatherings for the tests of households."""

from typing import Any
from uuid import UUID

from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Purpose, Registry
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions as consents
from demeu.vault.consents.models import ConsentMove, ConsentRow
from demeu.vault.households import actions
from demeu.vault.people import actions as people

EVERY = HOUSEHOLD_REGISTRIES
SUBJECT = "application:1"


def applicant(family: dict[str, Any]) -> UUID:
    """The person of a family of the sandbox."""
    return people.find_or_create_person(
        iin=family["iin"], surname=family["surname"], given_name=family["given_name"],
        patronymic=family["patronymic"], lang="ru",
    )  # fmt: skip


def nameless() -> UUID:
    """A person without a number."""
    person, _ = people.enter_person(
        actor="person:x", surname="Без", given_name="Номера", patronymic="", iin=None, birth_date=None, phone=None,
        lang="ru", region_kato="",
    )  # fmt: skip
    return person


def granted(
    person: UUID,
    registries: tuple[Registry, ...] = EVERY,
    *,
    purpose: Purpose = Purpose.ASSESSMENT,
    by: str = "signature:test",
) -> UUID:
    """A granted consent; how one is granted is tested where consents are."""
    consent = consents.ask_consent(
        person=person, subject=SUBJECT, purpose=purpose, registries=registries, term_days=30, text_version="1",
        lang="ru", actor=f"person:{person}",
    )  # fmt: skip
    row = ConsentRow.objects.get(id=consent)
    row.state, row.granted_by = "granted", by
    row.save()
    ConsentMove.objects.create(consent=row, state="granted", by=by, at=row.asked_at)
    return consent


def gather(person: UUID, consent: UUID, *, purpose: Purpose = Purpose.ASSESSMENT) -> UUID:
    """A gathering, all its jobs run."""
    gathering = actions.gather_facts(
        person=person, subject=SUBJECT, consent=consent, purpose=purpose, actor=f"person:{person}"
    )
    run_jobs()
    return gathering
