"""Answers that come later and notices that come by themselves, through the queue of ШЭП, over the real wire."""

from datetime import timedelta
from typing import Any

import pytest

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions as consents
from demeu.vault.households import actions, lines, queries, queueing
from demeu.vault.households.models import Asking, EmergencyMark, EmergencyNotice, FactRow, GatheringRow, RawAnswer
from demeu.vault.households.showing import shown_facts
from demeu.vault.households.tasks import ask_service, collect_messages
from demeu.vault.households.tests.cast import SUBJECT, applicant, gather, granted
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
LATE = "DEMEU_MZ_DIAGNOSIS"


@pytest.fixture(autouse=True)
def emptied(outside: World) -> None:
    """What other tests left in the queue is taken first."""
    queueing.take_messages()


def _asked(outside: World, kind: str = "severe_illness") -> Any:
    """A gathering of the ministry of health alone; the late question is in the queue."""
    person = applicant(outside.family(kind))
    consent = granted(person, (Registry.CKS, Registry.MZ))
    gathering = actions.gather_facts(
        person=person, subject=SUBJECT, consent=consent, purpose=Purpose.ASSESSMENT, actor=f"person:{person}"
    )
    return person, consent, gathering


def _asking(gathering: Any) -> Asking:
    return Asking.objects.get(gathering=gathering, service=LATE)


def test_a_late_answer_ends_the_gathering_with_a_yes_and_no_name_of_an_illness(outside: World) -> None:
    _person, _consent, gathering = _asked(outside)
    run_jobs()
    card = queries.gathering_card(gathering)
    assert (card.state, set(card.answered)) == ("done", {Registry.CKS, Registry.MZ})
    said = FactRow.objects.filter(gathering=gathering, code="severe_illness").values_list("value", flat=True)
    assert sorted(said).count("true") == 1
    row = GatheringRow.objects.get(id=gathering)
    assert "severe_illness" in queries.shown_needs(row, frozenset(Registry)).groups


def test_an_answer_that_comes_twice_is_kept_once(outside: World) -> None:
    outside.fault(LATE, "repeated_message_id", times=1)
    _person, _consent, gathering = _asked(outside)
    run_jobs()
    assert RawAnswer.objects.filter(gathering=gathering, service=LATE).count() == 1
    assert queueing.take_messages() == []


def test_a_question_that_the_channel_lost_is_put_again_under_a_new_id(outside: World) -> None:
    outside.fault(LATE, "lost", times=1)
    _person, _consent, gathering = _asked(outside)
    run_jobs()
    asking = _asking(gathering)
    assert (asking.state, asking.tries) == (Asking.ANSWERED, 1)


def test_who_never_answers_is_silent_after_its_time_and_nobody_is_refused(
    outside: World, settings: Any, tmp_path: Any
) -> None:
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text("[mz]\nanswer_s_max = 3600\n")
    outside.fault(LATE, "still_silent")
    _person, _consent, gathering = _asked(outside)
    ask_service.run(gathering=str(gathering), service="DEMEU_CKS_FAMILY")
    ask_service.run(gathering=str(gathering), service="DEMEU_MZ_ATTACHMENT")
    ask_service.run(gathering=str(gathering), service=LATE)
    collect_messages.run()
    assert _asking(gathering).state == Asking.QUEUED
    with clock.frozen(clock.now() + timedelta(hours=2)):
        collect_messages.run()
    asking = _asking(gathering)
    assert (asking.state, asking.reason) == (Asking.SILENT, "no_answer_in_time")
    told = Announcement.objects.get(name="facts.gathered").facts
    assert (told["silent"], told["worth_waiting"]) == (["mz"], ["mz"])


def test_an_answer_after_a_withdrawal_is_not_kept(outside: World) -> None:
    person, consent, gathering = _asked(outside)
    ask_service.run(gathering=str(gathering), service="DEMEU_CKS_FAMILY")
    ask_service.run(gathering=str(gathering), service=LATE)
    consents.withdraw_consent(consent=consent, person=person, actor=f"person:{person}")
    collect_messages.run()
    asking = _asking(gathering)
    assert (asking.state, asking.reason) == (Asking.SILENT, "consent.missing")
    assert not FactRow.objects.filter(code="severe_illness").exists()


@pytest.mark.parametrize("fault", ["wrong_signature", "malformed", "soap_fault", "scse003"])
def test_a_broken_queue_loses_nothing(outside: World, fault: str) -> None:
    _person, _consent, gathering = _asked(outside)
    ask_service.run(gathering=str(gathering), service="DEMEU_CKS_FAMILY")
    ask_service.run(gathering=str(gathering), service=LATE)
    outside.fault("ASYNC_CHANNEL", fault, times=1)
    collect_messages.run()
    assert _asking(gathering).state == Asking.QUEUED
    collect_messages.run()
    assert _asking(gathering).state == Asking.ANSWERED


def _home(outside: World) -> tuple[Any, Any, str]:
    family = outside.family("large_family")
    person = applicant(family)
    consent = granted(person, (Registry.CKS,))
    household = queries.gathering_card(gather(person, consent)).household
    return household, consent, family["kato"]


def _kinds(household: Any, consent: Any) -> set[tuple[str, Registry]]:
    row, released = queries.released_gathering(household, consent, Purpose.CASE_REVIEW)
    facts = shown_facts(row, released, Purpose.CASE_REVIEW).facts
    return {(fact.value, fact.source) for fact in facts if fact.code == "emergency"}


@pytest.mark.parametrize(
    ("service", "kind", "source"),
    [("DEMEU_MCHS_EVENTS", "flood", Registry.MCHS), ("DEMEU_MVD_INCIDENTS", "explosion", Registry.MVD)],
)
def test_a_notice_marks_who_lives_there_and_opens_the_fast_lane_once(
    outside: World, service: str, kind: str, source: Registry
) -> None:
    household, consent, kato = _home(outside)
    number = outside.emergency(kato, service=service, kind=kind, number="2026-0042")
    collect_messages.run()
    assert _kinds(household, consent) == {(kind, source)}
    told = Announcement.objects.filter(name="household.struck", facts__household=str(household))
    assert told.count() == 1
    row, released = queries.released_gathering(household, consent, Purpose.CASE_REVIEW)
    assert "emergency" in queries.shown_needs(row, released).attributes
    outside.emergency(kato, service=service, kind=kind, number=number, revision=2)
    collect_messages.run()
    assert told.count() == 1


def test_an_emergency_elsewhere_marks_nobody_and_one_that_was_taken_back_counts_no_more(outside: World) -> None:
    household, consent, kato = _home(outside)
    outside.emergency("710000000", number="2026-0001")
    collect_messages.run()
    assert not EmergencyMark.objects.exists()
    began = clock.now() - timedelta(hours=1)
    outside.emergency(f"{kato[:4]}00000", number="2026-0002", began=began.isoformat())
    collect_messages.run()
    assert _kinds(household, consent) == {("flood", Registry.MCHS)}
    outside.emergency(
        f"{kato[:4]}00000", number="2026-0002", began=began.isoformat(), ended=began.isoformat(), revision=2
    )
    collect_messages.run()
    assert _kinds(household, consent) == set()


def test_a_family_that_is_gathered_after_the_event_is_marked_too(outside: World) -> None:
    family = outside.family("large_family")
    outside.emergency(family["kato"], number="2026-0007", kind="fire")
    collect_messages.run()
    person = applicant(family)
    consent = granted(person, (Registry.CKS,))
    household = queries.gathering_card(gather(person, consent)).household
    assert _kinds(household, consent) == {("fire", Registry.MCHS)}


def test_without_a_consent_in_force_nobody_is_looked_at(outside: World) -> None:
    family = outside.family("large_family")
    person = applicant(family)
    consent = granted(person, (Registry.CKS,))
    gather(person, consent)
    consents.withdraw_consent(consent=consent, person=person, actor=f"person:{person}")
    outside.emergency(family["kato"], number="2026-0009")
    collect_messages.run()
    assert not EmergencyMark.objects.exists()


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        ("DEMEU_MCHS_EVENTS", "ends_before_start"),
        ("DEMEU_MCHS_EVENTS", "no_area"),
        ("DEMEU_MVD_INCIDENTS", "unknown_category"),
        ("DEMEU_MVD_INCIDENTS", "no_place"),
    ],
)
def test_a_notice_that_cannot_be_read_marks_nobody_and_is_wanted_again(
    outside: World, service: str, fault: str
) -> None:
    outside.fault(service, fault, times=1)
    outside.emergency("350000000", service=service, kind="fire", number="2026-0077")
    collect_messages.run()
    assert not EmergencyNotice.objects.exists()


def test_the_same_notice_twice_is_one_event(outside: World) -> None:
    outside.fault("DEMEU_MCHS_EVENTS", "repeated_message_id", times=1)
    outside.emergency("350000000", number="2026-0088")
    collect_messages.run()
    assert EmergencyNotice.objects.count() == 1


def test_violence_and_what_took_no_shelter_are_tied_to_no_place(outside: World) -> None:
    outside.emergency("350000000", service="DEMEU_MVD_INCIDENTS", kind="violence", number="2026-0099")
    collect_messages.run()
    assert not EmergencyNotice.objects.exists()


def test_a_line_that_fails_again_and_again_is_left_alone_and_then_tried_once(outside: World) -> None:
    at = clock.now()
    with clock.frozen(at):
        assert [lines.note_broken("X") is None for _ in range(lines.FAILURES_MAX)] == [True] * 4 + [False]
        assert lines.is_resting("X")
    with clock.frozen(at + timedelta(seconds=lines.REST_S)):
        assert not lines.is_resting("X")
        lines.note_broken("X")
        assert lines.is_resting("X")
    with clock.frozen(at + timedelta(seconds=3 * lines.REST_S)):
        assert not lines.is_resting("X")
        lines.note_whole("X")
        lines.note_broken("X")
        assert not lines.is_resting("X")


def test_while_a_line_rests_nobody_waits_for_it(outside: World) -> None:
    for _ in range(lines.FAILURES_MAX):
        lines.note_broken("DEMEU_MINFIN_INCOME")
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.CKS, Registry.MINFIN)))
    card = queries.gathering_card(gathering)
    assert (card.state, card.silent) == ("done", (Registry.MINFIN,))
    asking = Asking.objects.get(gathering=gathering, service="DEMEU_MINFIN_INCOME")
    assert (asking.reason, asking.tries) == ("line_resting", 1)
    assert Announcement.objects.get(name="facts.gathered").facts["worth_waiting"] == ["minfin"]
