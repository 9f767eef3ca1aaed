"""What a citizen may answer at the state service of access control, and its log of accesses."""

from typing import Any

import pytest

from demeu.contracts.vault import PersonQuestion
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.vault.consents.models import ConsentRow
from demeu.vault.households import api, queries
from demeu.vault.households.models import Asking
from demeu.vault.households.tests.cast import applicant, gather, granted
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
CURATOR = "person:0a000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("fault", "reason", "tries", "waits"),
    [
        ("kdp_refused", "kdp_refused", 1, False),
        ("kdp_not_in_bmg", "kdp_no_number", 1, False),
        ("kdp_no_answer", "kdp_no_answer", 2, True),
        ("kdp_expired", "kdp_expired", 2, True),
    ],
)
def test_every_answer_of_the_citizen_has_its_outcome(
    outside: World, settings: Any, tmp_path: Any, fault: str, reason: str, tries: int, waits: bool
) -> None:
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text("[gbd_fl]\ntries_max = 2\n")
    outside.fault("KDP_SERVICE", fault)
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.GBD_FL,)))
    asking = Asking.objects.get(gathering=gathering)
    assert (asking.state, asking.reason, asking.tries) == (Asking.SILENT, reason, tries)
    told = Announcement.objects.get(name="facts.gathered").facts
    assert told["worth_waiting"] == (["gbd_fl"] if waits else [])


def test_a_silence_of_the_citizen_that_ends_is_no_silence(outside: World) -> None:
    outside.fault("KDP_SERVICE", "kdp_no_answer", times=1)
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.GBD_FL,), by="code:test"))
    assert queries.gathering_card(gathering).answered == (Registry.GBD_FL,)


def test_a_withdrawal_at_the_state_service_ends_the_consent_here_and_is_told(outside: World) -> None:
    outside.fault("KDP_SERVICE", "kdp_withdrawn", times=1)
    person = applicant(outside.family())
    consent = granted(person, (Registry.GBD_FL, Registry.CKS, Registry.GKB))
    card = queries.gathering_card(gather(person, consent))
    row = ConsentRow.objects.get(id=consent)
    assert row.state == "withdrawn"
    assert Announcement.objects.filter(name="consent.changed", facts__state="withdrawn").count() == 1
    assert (card.state, set(card.silent)) == ("done", {Registry.GBD_FL, Registry.CKS, Registry.GKB})
    with pytest.raises(Refusal, match=r"consent\.missing"):
        queries.released_gathering(card.household, consent, Purpose.CASE_REVIEW)


def test_the_words_of_the_operator_may_differ(outside: World, settings: Any, tmp_path: Any) -> None:
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text('[kdp]\ngranted = "OK"\n[gbd_fl]\ntries_max = 1\n')
    person = applicant(outside.family())
    gathering = gather(person, granted(person, (Registry.GBD_FL,)))
    assert Asking.objects.get(gathering=gathering).reason == "kdp_unknown"


def test_the_log_of_the_state_service_tells_the_person_who_was_let_in(outside: World) -> None:
    person = applicant(outside.family())
    gather(person, granted(person, (Registry.GBD_FL, Registry.GKB)))

    class _Call:
        actor, caller, purpose = f"person:{person}", "portal", "own_data"

    lines = api.registry_log(_Call(), PersonQuestion(person=person)).lines  # type: ignore[arg-type]
    assert {line.service for line in lines} == {"GBDFLUniversal_token", "DEMEU_GKB_CREDIT"}
    assert all(line.ours for line in lines)
    with clock.frozen(max(line.at for line in lines)):  # the protocol counts in seconds; the last was let in within it
        assert api.registry_log(_Call(), PersonQuestion(person=person)).lines == lines  # type: ignore[arg-type]
    _Call.actor = CURATOR
    with pytest.raises(Refusal, match=r"facts\.own_log_only"):
        api.registry_log(_Call(), PersonQuestion(person=person))  # type: ignore[arg-type]
