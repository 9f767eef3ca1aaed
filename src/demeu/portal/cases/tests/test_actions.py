"""An application from the first answer to the draft of a case, on the real database."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.contracts.scoring import Assessment, CategorySix
from demeu.contracts.vault import Assessed, Consent, NeedFact, NeedFacts
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import sealing, signing
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.cases import actions
from demeu.portal.cases.actions import disputes
from demeu.portal.cases.models import Answer, Application, Case, Dispute
from demeu.portal.cases.queries import first_unanswered
from demeu.portal.cases.rules import ApplicationState, CaseState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> Path:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]
    return tmp_path


def consent_of(person: UUID, state: str = "granted") -> Consent:
    return Consent(
        consent=new_id(), person=person, subject="application:x", state=state, purpose=Purpose.ASSESSMENT,
        registries=(Registry.CKS,), text_version="2026-1", asked_at=datetime(2026, 11, 1, tzinfo=UTC), expires_at=None,
        granted_by=None,
    )  # fmt: skip


def filled(person: UUID) -> Application:
    row = actions.start_application(application=new_id(), person=person, lang="ru")
    actions.answer_codes(
        application=row.id, by="person:1", for_whom="self", group="children_youth", region_kato="350000000",
        urgency="high", contact_saved=True,
    )  # fmt: skip
    actions.answer_words(application=row.id, question="words", words="Нет зимней одежды", by="person:1")
    return row


def assessed(household: UUID) -> Assessed:
    verdict = Assessment(
        category=2, total=-260, level="D", indicators=(), unknown=(), complete=True, range_low=-260, range_high=-260,
        category_low=2, category_high=2, rule_set="kz-2026-and", rule_set_hash="0" * 64, on=date(2026, 11, 22),
        category_six=CategorySix(fired=False, possible=False, reason="", source="", confirmed=True),
    )  # fmt: skip
    return Assessed(
        assessment=new_id(), household=household, made_at=datetime(2026, 11, 22, tzinfo=UTC), verdict=verdict
    )


NEEDS = NeedFacts(
    needs=(NeedFact(code="wheelchair_child", source=Registry.IPR),), groups=("children_youth",),
    subgroups=("children_disability",), attributes=("children", "disability"), members=3, children_ages=(9, 4),
    region_kato="351000000", district_kato="351010000", income_per_member_tiyn=2_740_000,
)  # fmt: skip


def test_a_double_click_starts_one_application() -> None:
    identifier, person = new_id(), new_id()
    for _ in range(2):
        actions.start_application(application=identifier, person=person, lang="ru")
    assert Application.objects.count() == 1


def test_another_persons_application_does_not_exist() -> None:
    row = actions.start_application(application=new_id(), person=new_id(), lang="ru")
    with pytest.raises(Refusal) as refused:
        actions.start_application(application=row.id, person=new_id(), lang="ru")
    assert refused.value.code == "application.unknown"


def test_free_words_are_kept_only_in_a_form_that_the_portal_cannot_read(keys: Path) -> None:
    row = filled(new_id())
    answer = Answer.objects.get(application=row)
    assert "одежды" not in answer.sealed
    assert sealing.unseal(keys / "vault", answer.sealed) == "Нет зимней одежды"
    with pytest.raises(Refusal):
        sealing.unseal(keys / "portal", answer.sealed)
    assert ProcrastinateJob.objects.filter(task_name__endswith="hand_over_answer").count() == 1


def test_a_handed_over_answer_is_forgotten_unless_a_newer_one_was_given() -> None:
    row = filled(new_id())
    old = Answer.objects.get(application=row).sealed
    actions.answer_words(application=row.id, question="words", words="Ещё и обувь", by="person:1")
    actions.answer_handed_over(application=row.id, question="words", sealed=old, document=new_id())
    assert Answer.objects.get(application=row).document is None
    newer = Answer.objects.get(application=row).sealed
    actions.answer_handed_over(application=row.id, question="words", sealed=newer, document=new_id())
    assert Answer.objects.get(application=row).sealed == ""


def test_without_consent_nothing_is_sent() -> None:
    row = filled(new_id())
    with pytest.raises(Refusal) as refused:
        actions.submit_application(application=row.id, by="person:1")
    assert refused.value.code == "application.no_consent"
    assert Application.objects.get(id=row.id).state == ApplicationState.DRAFT


def test_a_refused_consent_is_no_consent() -> None:
    person = new_id()
    row = filled(person)
    actions.note_consent(application=row.id, consent=consent_of(person, "refused"), by="person:1")
    with pytest.raises(Refusal) as refused:
        actions.submit_application(application=row.id, by="person:1")
    assert refused.value.code == "application.no_consent"


def test_anothers_consent_is_refused() -> None:
    row = filled(new_id())
    with pytest.raises(Refusal) as refused:
        actions.note_consent(application=row.id, consent=consent_of(new_id()), by="person:1")
    assert refused.value.code == "consent.foreign"


def test_an_unanswered_question_holds_the_application_back() -> None:
    person = new_id()
    row = actions.start_application(application=new_id(), person=person, lang="ru")
    actions.note_consent(application=row.id, consent=consent_of(person), by="person:1")
    with pytest.raises(Refusal) as refused:
        actions.submit_application(application=row.id, by="person:1")
    assert refused.value.code == "application.unanswered"


def test_sending_twice_asks_the_registries_once() -> None:
    person = new_id()
    row = filled(person)
    actions.note_consent(application=row.id, consent=consent_of(person), by="person:1")
    assert first_unanswered(Application.objects.get(id=row.id)) is None
    for _ in range(2):
        actions.submit_application(application=row.id, by="person:1")
    assert ProcrastinateJob.objects.filter(task_name__endswith="begin_gathering").count() == 1


def test_a_sent_application_is_not_edited() -> None:
    row = filled(new_id())
    Application.objects.filter(id=row.id).update(state=ApplicationState.SUBMITTED)
    with pytest.raises(Refusal) as refused:
        actions.answer_codes(application=row.id, by="person:1", for_whom="child")
    assert refused.value.code == "application.already_sent"


def test_silence_of_a_registry_makes_the_application_wait_and_refuses_nobody() -> None:
    row = filled(new_id())
    Application.objects.filter(id=row.id).update(state=ApplicationState.GATHERING)
    actions.note_silence(application=row.id, silent=["nobd"])
    waiting = Application.objects.get(id=row.id)
    assert (waiting.state, waiting.silent_registries) == (ApplicationState.WAITING_REGISTRY, ["nobd"])
    actions.note_assessment(application=row.id, assessed=assessed(new_id()), needs=NEEDS)
    assert Application.objects.get(id=row.id).state == ApplicationState.REVIEW


def test_the_verdict_makes_one_draft_of_a_case() -> None:
    row = filled(new_id())
    Application.objects.filter(id=row.id).update(state=ApplicationState.GATHERING)
    verdict = assessed(new_id())
    first = actions.note_assessment(application=row.id, assessed=verdict, needs=NEEDS)
    again = actions.note_assessment(application=row.id, assessed=verdict, needs=NEEDS)
    assert first.id == again.id and Case.objects.count() == 1
    assert (first.category, first.region_kato, first.attributes) == (2, "351000000", ["children", "disability"])


def test_a_case_is_not_published_past_its_guard() -> None:
    row = filled(new_id())
    Application.objects.filter(id=row.id).update(state=ApplicationState.GATHERING)
    case = actions.note_assessment(application=row.id, assessed=assessed(new_id()), needs=NEEDS)
    with pytest.raises(Refusal) as refused:
        actions.move_case(case=case.id, to=CaseState.PUBLISHED, by="person:2")
    assert refused.value.code == "state.no_such_move"


def test_a_withdrawn_consent_is_forgotten_and_the_application_stays_open() -> None:
    person = new_id()
    row = filled(person)
    consent = consent_of(person)
    actions.note_consent(application=row.id, consent=consent, by="person:1")
    actions.lose_consent(application=row.id, consent=new_id(), state="withdrawn")
    assert Application.objects.get(id=row.id).consent == consent.consent
    actions.lose_consent(application=row.id, consent=consent.consent, state="withdrawn")
    after = Application.objects.get(id=row.id)
    assert (after.consent, after.state) == (None, ApplicationState.DRAFT)


def _gathered(person: UUID) -> Application:
    row = actions.start_application(application=new_id(), person=person, lang="ru")
    Application.objects.filter(id=row.id).update(state="review", household=new_id())
    return row


def _dispute(row: Application, **other: Any) -> Dispute:
    asked: dict[str, Any] = {
        "dispute": new_id(), "application": row.id, "fact": "passenger_cars", "member": "household",
        "words": "Машину продали в марте", "by": f"person:{row.person}",
    }  # fmt: skip
    return disputes.dispute_fact(**asked | other)


def test_a_disputed_fact_is_marked_once_and_its_words_are_sealed() -> None:
    row = _gathered(new_id())
    dispute = new_id()
    assert _dispute(row, dispute=dispute).id == _dispute(row, dispute=dispute).id == _dispute(row).id
    kept = Dispute.objects.get()
    assert "Машину" not in kept.sealed and kept.sealed
    disputes.dispute_handed_over(dispute=kept.id, document=new_id())
    assert Dispute.objects.get().sealed == ""


def test_a_settled_fact_may_be_disputed_again() -> None:
    row = _gathered(new_id())
    first = _dispute(row)
    disputes.settle_dispute(dispute=first.id, application=row.id, by="person:curator")
    assert _dispute(row).id != first.id
    with pytest.raises(Refusal, match=r"dispute\.unknown_fact"):
        disputes.settle_dispute(dispute=first.id, application=new_id(), by="person:curator")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"fact": "shoe_size"}, "dispute.unknown_fact"),
        ({"member": "Айгүл"}, "dispute.unknown_fact"),
        ({"words": "  "}, "application.words_length"),
    ],
)
def test_what_cannot_be_disputed_is_refused(other: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _dispute(_gathered(new_id()), **other)
    assert refused.value.code == code


def test_without_facts_there_is_nothing_to_dispute() -> None:
    row = actions.start_application(application=new_id(), person=new_id(), lang="ru")
    with pytest.raises(Refusal, match=r"dispute\.too_early"):
        _dispute(row)
