"""Gathering facts from the sandbox's registers over real signed SOAP, and a verdict from the real scoring."""

from typing import Any
from uuid import UUID

import pytest

from demeu.contracts.words import Purpose, Registry
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions as consents
from demeu.vault.consents.models import ConsentMove, ConsentRow
from demeu.vault.households import actions, queries
from demeu.vault.households.assessing import assess_household
from demeu.vault.households.models import AssessmentRow, FactRow, RawAnswer, ScoredPerson
from demeu.vault.households.tests.conftest import World
from demeu.vault.people import actions as people

pytestmark = pytest.mark.django_db
EVERY = tuple(Registry)


def _applicant(family: dict[str, Any]) -> UUID:
    return people.find_or_create_person(
        iin=family["iin"], surname=family["surname"], given_name=family["given_name"],
        patronymic=family["patronymic"], lang="ru",
    )  # fmt: skip


def _consent(person: UUID, registries: tuple[Registry, ...] = EVERY) -> UUID:
    """A granted consent; how one is granted is tested where consents are."""
    consent = consents.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=registries, term_days=30,
        text_version="1", lang="ru", actor=f"person:{person}",
    )  # fmt: skip
    row = ConsentRow.objects.get(id=consent)
    row.state, row.granted_by = "granted", "code:test"
    row.save()
    ConsentMove.objects.create(consent=row, state="granted", by="code:test", at=row.asked_at)
    return consent


def _gather(person: UUID, consent: UUID) -> UUID:
    gathering = actions.gather_facts(
        person=person, subject="application:1", consent=consent, purpose=Purpose.ASSESSMENT, actor=f"person:{person}"
    )
    run_jobs()
    return gathering


def test_without_a_granted_consent_nothing_is_asked(outside: World) -> None:
    person = _applicant(outside.family())
    consent = consents.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=EVERY, term_days=30,
        text_version="1", lang="ru", actor="person:x",
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _gather(person, consent)
    assert not RawAnswer.objects.exists()


def test_all_seven_answer_and_the_family_becomes_typed_facts(outside: World) -> None:
    family = outside.family()
    person = _applicant(family)
    consent = _consent(person)
    card = queries.gathering_card(_gather(person, consent))
    assert (card.state, set(card.answered), card.silent) == ("done", set(Registry), ())
    assert ScoredPerson.objects.count() == len(family["members"])
    row, released = queries.released_gathering(card.household, consent, Purpose.CASE_REVIEW)
    shown = queries.shown_facts(row, released)
    assert {fact.source for fact in shown.facts} == set(Registry)
    assert not [fact for fact in shown.facts if fact.contradicts]
    assert {"applicant", "child 1", "child 2"} <= {fact.member for fact in shown.facts}
    told = Announcement.objects.get(name="facts.gathered").facts
    assert (told["subject"], told["silent"]) == ("application:1", [])
    assert broken_invariants() == []


def test_no_name_or_number_of_the_family_stands_in_a_fact(outside: World) -> None:
    family = outside.family()
    person = _applicant(family)
    _gather(person, _consent(person))
    words = " ".join(FactRow.objects.values_list("value", flat=True))
    for member in family["members"]:
        assert member["iin"] not in words
        assert member["surname"] not in words


def test_the_needs_of_a_mother_with_a_disabled_child_are_seen(outside: World) -> None:
    person = _applicant(outside.family())
    consent = _consent(person)
    card = queries.gathering_card(_gather(person, consent))
    row, released = queries.released_gathering(card.household, consent, Purpose.ASSESSMENT)
    needs = queries.shown_needs(row, released)
    codes = {need.code for need in needs.needs}
    assert {"winter_clothes_child", "overdue_debt", "food_parcel"} <= codes
    assert "children_disability" in needs.subgroups
    assert {"single_parent", "renting"} <= set(needs.attributes)
    assert needs.income_per_member_tiyn is not None
    assert needs.region_kato.endswith("0000000")


def test_scoring_answers_and_verdict_and_facts_are_kept_together(outside: World) -> None:
    person = _applicant(outside.family())
    consent = _consent(person)
    card = queries.gathering_card(_gather(person, consent))
    assessed = assess_household(
        household=card.household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}"
    )
    assert assessed.verdict.category == 1
    assert assessed.verdict.complete
    kept = AssessmentRow.objects.get(id=assessed.assessment)
    assert kept.rule_set_hash == assessed.verdict.rule_set_hash
    assert len(kept.facts["persons"]) == ScoredPerson.objects.count()


def test_only_consented_registries_are_asked(outside: World) -> None:
    person = _applicant(outside.family())
    card = queries.gathering_card(_gather(person, _consent(person, (Registry.GBD_FL, Registry.GKB))))
    assert set(card.answered) == {Registry.GBD_FL, Registry.GKB}
    assert set(RawAnswer.objects.values_list("service", flat=True)) == {"GBDFLUniversal_token", "DEMEU_GKB_CREDIT"}


def test_a_withdrawn_consent_stops_what_is_under_way(outside: World) -> None:
    person = _applicant(outside.family())
    consent = _consent(person)
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
    person = _applicant(outside.family())
    outside.fault("DEMEU_MINFIN_INCOME", fault, times=1)
    card = queries.gathering_card(_gather(person, _consent(person, (Registry.CKS, Registry.MINFIN))))
    assert (card.state, set(card.answered)) == ("done", {Registry.CKS, Registry.MINFIN})


@pytest.mark.parametrize("fault", ["scse001", "scse003", "wrong_signature"])
def test_a_registry_that_never_answers_is_named_silent_and_nobody_is_refused(outside: World, fault: str) -> None:
    person = _applicant(outside.family())
    consent = _consent(person, (Registry.CKS, Registry.MINFIN))
    outside.fault("DEMEU_MINFIN_INCOME", fault)
    card = queries.gathering_card(_gather(person, consent))
    assert (card.state, card.answered, card.silent) == ("done", (Registry.CKS,), (Registry.MINFIN,))
    assessed = assess_household(
        household=card.household, consent=consent, use=Purpose.ASSESSMENT, actor=f"person:{person}"
    )
    assert not assessed.verdict.complete
    assert "income_per_capita" in assessed.verdict.unknown


def test_a_refusal_of_the_access_service_is_final(outside: World) -> None:
    person = _applicant(outside.family())
    outside.fault("KDP_SERVICE", "kdp_refused")
    card = queries.gathering_card(_gather(person, _consent(person, (Registry.GBD_FL,))))
    assert (card.state, card.silent) == ("done", (Registry.GBD_FL,))


def test_a_contradiction_is_flagged_with_both_sources(outside: World) -> None:
    person = _applicant(outside.family())
    consent = _consent(person)
    outside.fault("DEMEU_CKS_FAMILY", "contradiction")
    card = queries.gathering_card(_gather(person, consent))
    row, released = queries.released_gathering(card.household, consent, Purpose.CASE_REVIEW)
    flagged = {(fact.code, fact.source) for fact in queries.shown_facts(row, released).facts if fact.contradicts}
    assert {("birth_date", Registry.CKS), ("birth_date", Registry.GBD_FL), ("housing_units", Registry.CKS)} <= flagged


def test_a_person_without_a_number_is_gathered_as_all_silent(outside: World) -> None:
    person, _ = people.enter_person(
        actor="person:x", surname="Без", given_name="Номера", patronymic="", iin=None, birth_date=None, phone=None,
        lang="ru", region_kato="",
    )  # fmt: skip
    card = queries.gathering_card(_gather(person, _consent(person)))
    assert (card.state, set(card.silent)) == ("done", set(Registry))


def test_a_visitor_at_the_door_is_shown_no_money(outside: World) -> None:
    person = _applicant(outside.family())
    consent = _consent(person)
    card = queries.gathering_card(_gather(person, consent))
    row, released = queries.released_gathering(card.household, consent, Purpose.HOME_VISIT)
    codes = {fact.code for fact in queries.shown_facts(row, released).facts}
    assert "income_monthly_tiyn" not in codes
    assert "overdue_tiyn" not in codes
    assert "kato" in codes
