"""Consents against real PostgreSQL: proof, withdrawal, term, receipt."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.consents import actions, queries
from demeu.vault.consents.policy import propose_policy
from demeu.vault.consents.rules import FOUNDING
from demeu.vault.messages import codes
from demeu.vault.messages.tests.operator import Operator, operator
from demeu.vault.people import actions as people_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms(settings: Any) -> Iterator[Operator]:
    with operator() as running:
        settings.DEMEU_VAULT_SMS_URL = f"{running.url}/mobizon"
        yield running


@pytest.fixture
def mother() -> UUID:
    person, _ = people_actions.enter_person(
        actor="person:x", surname="Сейітова", given_name="Асель", patronymic="", iin="900101200010",
        birth_date=None, phone="+77710009998", lang="kk", region_kato="750000000",
    )  # fmt: skip
    return person


def _asked(person: UUID, registries: tuple[Registry, ...] = (Registry.CKS, Registry.GKB)) -> UUID:
    return actions.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=registries, term_days=30,
        text_version="2026-11", lang="kk", actor=f"person:{person}",
    )  # fmt: skip


def _checked_code(person: UUID, sms: Operator) -> UUID:
    code, _, _ = codes.send_code(person=person, reason="consent", actor="person:assistant")
    run_jobs()
    found = re.search(r"\b\d{6}\b", sms.sent[-1]["text"])
    assert found is not None
    codes.check_code(code=code, digits=found.group(), actor="person:assistant")
    return code


def _granted(person: UUID, sms: Operator) -> UUID:
    consent = _asked(person)
    actions.grant_consent(
        consent=consent, person=person, signature=None, code=_checked_code(person, sms), actor="person:assistant"
    )
    return consent


def _released(consent: UUID, person: UUID, use: Purpose = Purpose.ASSESSMENT) -> set[Registry]:
    return set(queries.released_registries(consent=consent, use=use, person=person))


def test_only_a_granted_consent_releases_and_only_what_it_names(mother: UUID, sms: Operator) -> None:
    consent = _asked(mother)
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _released(consent, mother)
    assert _released(_granted(mother, sms), mother) == {Registry.CKS, Registry.GKB}


def test_another_person_cannot_use_or_answer_it(mother: UUID, sms: Operator) -> None:
    consent = _granted(mother, sms)
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _released(consent, uuid4())
    with pytest.raises(Refusal, match=r"consent\.unknown"):
        actions.withdraw_consent(consent=consent, person=uuid4(), actor="person:y")


def test_without_proof_nothing_is_granted(mother: UUID) -> None:
    consent = _asked(mother)
    for signature, code in ((None, None), (uuid4(), uuid4())):
        with pytest.raises(Refusal, match=r"consent\.no_proof"):
            actions.grant_consent(consent=consent, person=mother, signature=signature, code=code, actor="person:x")
    with pytest.raises(Refusal, match=r"code\.not_checked"):
        actions.grant_consent(consent=consent, person=mother, signature=None, code=uuid4(), actor="person:x")
    assert queries.consent_card(consent).state == "asked"


def test_withdrawal_blocks_at_once_and_is_announced(mother: UUID, sms: Operator) -> None:
    consent = _granted(mother, sms)
    actions.withdraw_consent(consent=consent, person=mother, actor=f"person:{mother}")
    with pytest.raises(Refusal, match=r"consent\.missing"):
        _released(consent, mother)
    told = [row.facts["state"] for row in Announcement.objects.filter(name="consent.changed").order_by("at")]
    assert told == ["granted", "withdrawn"]
    with pytest.raises(Refusal, match=r"consent\.wrong_state"):
        actions.withdraw_consent(consent=consent, person=mother, actor=f"person:{mother}")


def test_past_its_term_it_releases_nothing_even_before_anyone_marked_it(mother: UUID, sms: Operator) -> None:
    consent = _granted(mother, sms)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert queries.consent_card(consent).state == "expired"
        with pytest.raises(Refusal, match=r"consent\.missing"):
            _released(consent, mother)
        assert actions.expire_consents() == 1
        assert actions.expire_consents() == 0
    assert broken_invariants() == []


def test_the_receipt_tells_the_story_without_a_name(mother: UUID, sms: Operator) -> None:
    consent = _granted(mother, sms)
    receipt = json.loads(queries.consent_receipt(consent))
    assert receipt["dct:conformsTo"] == "ISO/IEC TS 27560:2023"
    assert receipt["dpv:hasConsentStatus"] == "dpv:ConsentGiven"
    assert receipt["dpv:hasProcess"]["dpv:hasDataSource"] == ["cks", "gkb"]
    assert [event["dpv:hasConsentStatus"] for event in receipt["dpv:hasConsentEvent"]] == [
        "dpv:ConsentRequested",
        "dpv:ConsentGiven",
    ]
    assert "Сейітова" not in json.dumps(receipt, ensure_ascii=False)


def test_a_purpose_without_a_policy_cannot_even_be_asked(mother: UUID) -> None:
    with pytest.raises(Refusal, match=r"consent\.purpose_not_allowed"):
        actions.ask_consent(
            person=mother, subject="x", purpose=Purpose.DONATION, registries=(Registry.CKS,), term_days=1,
            text_version="1", lang="ru", actor="person:x",
        )  # fmt: skip


def test_fields_narrow_a_registry_and_stand_in_the_receipt(mother: UUID) -> None:
    consent = actions.ask_consent(
        person=mother, subject="application:2", purpose=Purpose.ASSESSMENT, registries=(Registry.CKS, Registry.GKB),
        fields={Registry.GKB: ("overdue_days",)}, term_days=30, text_version="1", lang="kk", actor="person:x",
    )  # fmt: skip
    assert queries.fields_of(consent) == {"gkb": frozenset({"overdue_days"})}
    assert queries.consent_card(consent).fields == {Registry.GKB: ("overdue_days",)}
    kinds = json.loads(queries.consent_receipt(consent))["dpv:hasProcess"]["dpv:hasPersonalData"]
    assert [row["dct:extent"] for row in kinds] == ["all fields of this source", ["overdue_days"]]


def test_fields_of_a_registry_that_is_not_named_are_refused(mother: UUID) -> None:
    for fields in ({Registry.NOBD: ("school_enrolled",)}, {Registry.CKS: ()}):
        with pytest.raises(Refusal, match=r"consent\.wrong_fields"):
            actions.ask_consent(
                person=mother, subject="x", purpose=Purpose.ASSESSMENT, registries=(Registry.CKS,), fields=fields,
                term_days=1, text_version="1", lang="ru", actor="person:x",
            )  # fmt: skip


def test_an_answer_by_the_state_service_grants_or_refuses_with_its_number(mother: UUID) -> None:
    yes, no = _asked(mother), _asked(mother)
    actions.answer_by_state_service(consent=yes, person=mother, granted=True, proof="kdp-77", actor="role:vault")
    actions.answer_by_state_service(consent=no, person=mother, granted=False, proof="kdp-78", actor="role:vault")
    assert queries.consent_card(yes).granted_by == "kdp:kdp-77"
    assert [queries.consent_card(one).state for one in (yes, no)] == ["granted", "refused"]
    with pytest.raises(Refusal, match=r"consent\.no_proof"):
        actions.answer_by_state_service(consent=_asked(mother), person=mother, granted=True, proof=" ", actor="x")


def test_a_narrower_policy_counts_for_consents_given_before(mother: UUID, sms: Operator) -> None:
    consent = _granted(mother, sms)
    without = frozenset(cell for cell in FOUNDING if cell[2] is not Registry.GKB)
    propose_policy(proposal=uuid4(), cells=without, reason="Credit is not needed", actor="person:x")
    assert _released(consent, mother) == {Registry.CKS}
