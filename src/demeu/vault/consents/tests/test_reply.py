"""A consent answered by reply SMS: granted, refused, unclear, somebody else's, past its term."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions
from demeu.vault.consents.models import ConsentRow
from demeu.vault.messages import actions as messages
from demeu.vault.messages import replies
from demeu.vault.messages.models import Delivery
from demeu.vault.people import actions as people

pytestmark = pytest.mark.django_db
PHONE = "+77710009998"


@pytest.fixture
def mother() -> UUID:
    person, _ = people.enter_person(
        actor="person:x", surname="Сейітова", given_name="Асель", patronymic="", iin="900101200010",
        birth_date=None, phone=PHONE, lang="kk", region_kato="750000000",
    )  # fmt: skip
    return person


def asked(person: UUID, about: UUID | None = None) -> UUID:
    """A consent that is asked by SMS, as handed over to the phone."""
    consent = actions.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=(Registry.GBD_FL,), term_days=30,
        text_version="1", lang="kk", actor="role:portal",
    )  # fmt: skip
    message = messages.deliver_message(
        person=person, template="consent_question", facts={}, once=f"c/{consent}", awaits=f"consent:{about or consent}",
        actor="role:portal",
    )  # fmt: skip
    Delivery.objects.filter(message=message).update(state=Delivery.HANDED_OVER)
    return consent


@pytest.mark.parametrize(("text", "state"), [("ИӘ", "granted"), ("1", "granted"), ("жоқ", "refused"), ("0", "refused")])
def test_a_reply_answers_the_consent_and_is_its_proof(mother: UUID, text: str, state: str) -> None:
    consent = asked(mother)
    assert replies.take_reply(provider_id="r1", phone=PHONE, text=text) in ("yes", "no")
    run_jobs()
    row = ConsentRow.objects.get(id=consent)
    assert row.state == state
    assert (row.granted_by or "").startswith("reply:") is (state == "granted")


def test_unclear_replies_leave_the_consent_asked(mother: UUID) -> None:
    consent = asked(mother)
    for number in (1, 2):
        assert replies.take_reply(provider_id=f"r{number}", phone=PHONE, text="кто это?") == "unclear"
        Delivery.objects.update(state=Delivery.HANDED_OVER)
        run_jobs()
    assert ConsentRow.objects.get(id=consent).state == "asked"


@pytest.mark.parametrize("about", [None, "foreign", "nothing"])
def test_a_late_or_foreign_answer_grants_nothing(mother: UUID, about: str | None) -> None:
    other = people.find_or_create_person(iin="900101100014", surname="А", given_name="Б", patronymic="", lang="ru")
    foreign = asked(other) if about == "foreign" else uuid4() if about == "nothing" else None
    consent = asked(mother, foreign)
    replies.take_reply(provider_id="r1", phone=PHONE, text="ИӘ")
    with clock.frozen(clock.now() + timedelta(days=31)):
        run_jobs()
    assert not ConsentRow.objects.filter(state="granted").exists()
    assert ConsentRow.objects.get(id=consent).state == "asked"
