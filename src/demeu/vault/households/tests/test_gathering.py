"""Gathering facts from the sandbox's registers over real signed SOAP, and a verdict from the real scoring."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from demeu.contracts.vault import Facts
from demeu.contracts.words import PUPIL_AID_REGISTRIES, Purpose, Registry
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions as consents
from demeu.vault.households import actions, queries
from demeu.vault.households.assessing import assess_household, shown_assessment, shown_changes
from demeu.vault.households.models import Asking, AssessmentRow, FactRow, Line, RawAnswer, ScoredPerson
from demeu.vault.households.releases import announce_new_rule_sets
from demeu.vault.households.showing import shown_facts
from demeu.vault.households.tests.cast import EVERY, applicant, gather, granted
from demeu.vault.people import actions as people
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db


def test_without_a_granted_consent_nothing_is_asked(outside: World) -> None:
    person = applicant(outside.family())
    consent = consents.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=EVERY, term_days=30,
        text_version="1", lang="ru", actor="person:x",
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"consent\.missing"):
        gather(person, consent)
    assert not RawAnswer.objects.exists()


def test_a_mother_with_a_disabled_child_is_gathered_shown_and_assessed(outside: World) -> None:
    family = outside.family()
    person = applicant(family)
    consent = granted(person)
    card = queries.gathering_card(gather(person, consent))
    assert (card.state, set(card.answered), card.silent) == ("done", set(EVERY), ())
    assert ScoredPerson.objects.count() == len(family["members"])
    told = Announcement.objects.get(name="facts.gathered").facts
    assert (told["subject"], told["silent"]) == ("application:1", [])
    assert broken_invariants() == []
    _no_name_or_number_stands_in_a_fact(family)
    _a_curator_sees_sources_and_a_visitor_at_the_door_no_money(card.household, consent)
    _the_verdict_is_kept_with_its_facts(card.household, consent, person)
    _needs_are_seen(card.household, consent)


def _no_name_or_number_stands_in_a_fact(family: dict[str, Any]) -> None:
    words = " ".join(FactRow.objects.values_list("value", flat=True))
    for member in family["members"]:
        assert member["iin"] not in words
        assert member["surname"] not in words


def _codes_shown(household: UUID, consent: UUID, use: Purpose) -> tuple[set[str], Facts]:
    row, released = queries.released_gathering(household, consent, use)
    shown = shown_facts(row, released, use)
    return {fact.code for fact in shown.facts}, shown


def _a_curator_sees_sources_and_a_visitor_at_the_door_no_money(household: UUID, consent: UUID) -> None:
    _, shown = _codes_shown(household, consent, Purpose.CASE_REVIEW)
    assert {fact.source for fact in shown.facts} == set(EVERY)
    assert not [fact for fact in shown.facts if fact.contradicts]
    assert {"applicant", "child 1", "child 2"} <= {fact.member for fact in shown.facts}
    at_the_door, _ = _codes_shown(household, consent, Purpose.HOME_VISIT)
    assert "kato" in at_the_door
    assert not at_the_door & {"income_monthly_tiyn", "overdue_tiyn"}
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _codes_shown(household, consent, Purpose.DONATION)


def _the_verdict_is_kept_with_its_facts(household: UUID, consent: UUID, person: UUID) -> None:
    assessed = assess_household(household=household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}")
    assert assessed.verdict.category == 1
    assert assessed.verdict.complete
    kept = AssessmentRow.objects.get(id=assessed.assessment)
    assert kept.rule_set_hash == assessed.verdict.rule_set_hash
    assert len(kept.facts["persons"]) == ScoredPerson.objects.count()
    _what_would_change_it_is_told_of_members_by_label(assessed.assessment, person)


def _what_would_change_it_is_told_of_members_by_label(assessment: UUID, person: UUID) -> None:
    found = shown_changes(assessment=assessment, lang="en", actor=f"person:{person}", use=Purpose.OWN_DATA)
    assert {"household", "applicant", "child 1", "child 2"} <= {change.member for change in found.changes}
    movable = [change for change in found.changes if change.moves]
    assert movable
    assert all(move.category != found.category for change in movable for move in change.moves)
    with pytest.raises(Refusal, match=r"consent\.missing"):
        shown_changes(assessment=assessment, lang="en", actor="person:other", use=Purpose.DONATION)


def _needs_are_seen(household: UUID, consent: UUID) -> None:
    row, released = queries.released_gathering(household, consent, Purpose.ASSESSMENT)
    needs = queries.shown_needs(row, released)
    codes = {need.code for need in needs.needs}
    assert {"winter_clothes_child", "overdue_debt", "food_parcel"} <= codes
    assert "children_disability" in needs.subgroups
    assert {"single_parent", "renting"} <= set(needs.attributes)
    assert needs.income_per_member_tiyn is not None
    assert needs.region_kato.endswith("0000000")


def test_only_consented_registries_are_asked(outside: World) -> None:
    person = applicant(outside.family())
    card = queries.gathering_card(gather(person, granted(person, (Registry.GBD_FL, Registry.GKB))))
    assert set(card.answered) == {Registry.GBD_FL, Registry.GKB}
    assert set(RawAnswer.objects.values_list("service", flat=True)) == {"GBDFLUniversal_token", "DEMEU_GKB_CREDIT"}


def test_a_withdrawn_consent_stops_what_is_under_way(outside: World) -> None:
    person = applicant(outside.family())
    consent = granted(person)
    gathering = actions.gather_facts(
        person=person, subject="application:1", consent=consent, purpose=Purpose.ASSESSMENT, actor="person:x"
    )
    consents.withdraw_consent(consent=consent, person=person, actor="person:x")
    run_jobs()
    card = queries.gathering_card(gathering)
    assert (card.state, card.answered) == ("done", ())
    assert not RawAnswer.objects.exists()


@pytest.mark.parametrize("fault", ["scse003", "soap_fault", "wrong_signature", "malformed", "huge"])
def test_a_fault_that_passes_is_asked_again(outside: World, fault: str) -> None:
    person = applicant(outside.family())
    outside.fault("DEMEU_MINFIN_INCOME", fault, times=1)
    card = queries.gathering_card(gather(person, granted(person, (Registry.MINFIN,))))
    assert (card.state, card.answered) == ("done", (Registry.MINFIN,))


@pytest.mark.parametrize("fault", ["scse001", "wrong_signature"])
def test_a_registry_that_never_answers_is_named_silent_and_nobody_is_refused(
    outside: World, fault: str, settings: Any, tmp_path: Path
) -> None:
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text("[minfin]\ntries_max = 3\n")
    person = applicant(outside.family())
    consent = granted(person, (Registry.CKS, Registry.MINFIN))
    outside.fault("DEMEU_MINFIN_INCOME", fault)
    card = queries.gathering_card(gather(person, consent))
    assert (card.state, card.answered, card.silent) == ("done", (Registry.CKS,), (Registry.MINFIN,))
    assessed = assess_household(
        household=card.household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}"
    )
    assert not assessed.verdict.complete
    assert "income_per_capita" in assessed.verdict.unknown


def test_an_answer_whose_id_came_before_is_not_taken_and_asked_again(outside: World) -> None:
    person = applicant(outside.family())
    gather(person, granted(person, (Registry.MINFIN,)))
    outside.fault("DEMEU_MINFIN_INCOME", "repeated_message_id", times=1)
    second = gather(person, granted(person, (Registry.MINFIN,)))
    asking = Asking.objects.get(gathering=second)
    assert (asking.state, asking.tries, asking.reason) == (Asking.ANSWERED, 1, "")


def test_an_answer_after_its_time_limit_is_not_waited_for(outside: World, settings: Any, tmp_path: Path) -> None:
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text("[minfin]\ntime_limit_s = 0.4\ntries_max = 1\n")
    outside.fault("DEMEU_MINFIN_INCOME", "delay", delay_s=3)
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.MINFIN,)))
    asking = Asking.objects.get(gathering=gathering)
    assert (asking.state, asking.reason) == (Asking.SILENT, "timeout")
    assert Line.objects.get(service="DEMEU_MINFIN_INCOME").failures == 1


def test_nobody_found_is_an_answer_and_no_silence(outside: World) -> None:
    outside.fault("DEMEU_CKS_FAMILY", "not_found")
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.CKS,)))
    assert queries.gathering_card(gathering).answered == (Registry.CKS,)
    assert list(FactRow.objects.values_list("code", "value")) == [("known_to_cks", "false")]


def test_a_refusal_of_the_access_service_is_final(outside: World) -> None:
    person = applicant(outside.family())
    outside.fault("KDP_SERVICE", "kdp_refused")
    card = queries.gathering_card(gather(person, granted(person, (Registry.GBD_FL,))))
    assert (card.state, card.silent) == ("done", (Registry.GBD_FL,))


def test_a_contradiction_is_flagged_with_both_sources(outside: World) -> None:
    person = applicant(outside.family())
    consent = granted(person, (Registry.GBD_FL, Registry.CKS))
    outside.fault("DEMEU_CKS_FAMILY", "contradiction")
    card = queries.gathering_card(gather(person, consent))
    row, released = queries.released_gathering(card.household, consent, Purpose.CASE_REVIEW)
    shown = shown_facts(row, released, Purpose.CASE_REVIEW).facts
    flagged = {(fact.code, fact.source) for fact in shown if fact.contradicts}
    assert {("birth_date", Registry.CKS), ("birth_date", Registry.GBD_FL), ("housing_units", Registry.CKS)} <= flagged


def test_a_person_without_a_number_is_gathered_as_all_silent(outside: World) -> None:
    person, _ = people.enter_person(
        actor="person:x", surname="Без", given_name="Номера", patronymic="", iin=None, birth_date=None, phone=None,
        lang="ru", region_kato="",
    )  # fmt: skip
    card = queries.gathering_card(gather(person, granted(person)))
    assert (card.state, set(card.silent)) == ("done", set(EVERY))


def test_rule_sets_of_scoring_are_announced_once(outside: World) -> None:
    count = announce_new_rule_sets()
    assert count >= 2
    assert announce_new_rule_sets() == 0
    told = {row.facts["rule_set"] for row in Announcement.objects.filter(name="rule_set.released")}
    assert {"kz-2026-and", "kz-2026-or"} <= told
    assert len(told) == count


def test_a_school_learns_category_and_reasons_and_no_value(outside: World) -> None:
    person = applicant(outside.family())
    consent = granted(person, PUPIL_AID_REGISTRIES, purpose=Purpose.PUPIL_AID)
    gathering = actions.gather_facts(
        person=person, subject="school_check:1", consent=consent, purpose=Purpose.PUPIL_AID, actor="person:pedagogue"
    )
    run_jobs()
    household = queries.gathering_card(gathering).household
    assessed = assess_household(household=household, consent=consent, use=Purpose.PUPIL_AID, actor="person:pedagogue")
    shown = shown_assessment(assessment=assessed.assessment, lang="kk", actor="person:pedagogue", use=Purpose.PUPIL_AID)
    for verdict in (assessed.verdict, shown.verdict):
        assert verdict.category == 1
        assert all(one.reason and one.value is None for one in verdict.indicators)
    own = shown_assessment(assessment=assessed.assessment, lang="kk", actor=f"person:{person}", use=Purpose.OWN_DATA)
    assert any(one.value for one in own.verdict.indicators)
    consents.withdraw_consent(consent=consent, person=person, actor=f"person:{person}")
    with pytest.raises(Refusal, match=r"consent\.missing"):
        shown_assessment(assessment=assessed.assessment, lang="kk", actor="person:pedagogue", use=Purpose.PUPIL_AID)
