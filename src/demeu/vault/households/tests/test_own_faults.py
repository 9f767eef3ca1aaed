"""Each registry fails in ways of its own; each way has one outcome, over the real wire."""

from typing import Any

import pytest

from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Purpose, Registry
from demeu.kernel.errors import Refusal
from demeu.vault.households import organizations, queries
from demeu.vault.households.models import Asking, FactRow, GatheringRow
from demeu.vault.households.registries import ADAPTERS, EXCHANGES
from demeu.vault.households.tests.cast import applicant, gather, granted, nameless
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
UNREADABLE = "unreadable"
MOTHER, SICK, DEBTS = "mother_disabled_child", "severe_illness", "debts"
R = Registry
# registry, service, fault, kind of family, what comes of it: a reason of silence, or (code, value) that must stand
# among the facts (value None: the code must not stand at all).
CASES: list[tuple[Registry, str, str, str, Any]] = [
    (R.GBD_FL, "GBDFLUniversal_token", "deceased", MOTHER, ("alive", "false")),
    (R.GBD_FL, "GBDFLUniversal_token", "no_address", MOTHER, ("kato", None)),
    (R.CKS, "DEMEU_CKS_FAMILY", "foreign_area", MOTHER, UNREADABLE),
    (R.CKS, "DEMEU_CKS_FAMILY", "forgotten_member", MOTHER, ("known_to_cks", "true")),
    (R.MTSZN, "DEMEU_MTSZN_SOCIAL", "group_out_of_range", MOTHER, UNREADABLE),
    (R.MTSZN, "DEMEU_MTSZN_SOCIAL", "stranger", MOTHER, UNREADABLE),
    (R.ESOCIUM, "DEMEU_ESOCIUM_RECIPIENTS", "ends_before_start", MOTHER, UNREADABLE),
    (R.ESOCIUM, "DEMEU_ESOCIUM_RECIPIENTS", "all_suspended", MOTHER, ("support_past", "child_disability:suspended")),
    (R.SOCIAL_SERVICES, "DEMEU_SOCIAL_SERVICES", "lost_lines", MOTHER, UNREADABLE),
    (R.SOCIAL_SERVICES, "DEMEU_SOCIAL_SERVICES", "all_refused", MOTHER, ("service_given", None)),
    (R.MINFIN, "DEMEU_MINFIN_INCOME", "negative_amount", MOTHER, UNREADABLE),
    (R.MINFIN, "DEMEU_MINFIN_INCOME", "no_entries", MOTHER, ("income_monthly_tiyn", "0")),
    (R.GKB, "DEMEU_GKB_CREDIT", "overdue_without_days", MOTHER, UNREADABLE),
    (R.GKB, "DEMEU_GKB_CREDIT", "unknown_subject", MOTHER, ("has_credit", None)),
    (R.PKB, "DEMEU_PKB_CREDIT", "other_person", MOTHER, UNREADABLE),
    (R.PKB, "DEMEU_PKB_CREDIT", "empty_report", MOTHER, ("has_credit", None)),
    (R.NOBD, "DEMEU_NOBD_EDUCATION", "grade_out_of_range", MOTHER, UNREADABLE),
    (R.NOBD, "DEMEU_NOBD_EDUCATION", "unknown_learner", MOTHER, ("school_enrolled", None)),
    (R.IPR, "DEMEU_IPR", "ended_programme", MOTHER, ("ipr_valid_until", "2020-01-01")),
    (R.IPR, "DEMEU_IPR", "no_items", MOTHER, UNREADABLE),
    (R.MZ, "DEMEU_MZ_ATTACHMENT", "since_without_clinic", SICK, UNREADABLE),
    (R.MZ, "DEMEU_MZ_ATTACHMENT", "not_attached", SICK, ("clinic_attached", "false")),
    (R.MZ, "DEMEU_MZ_DIAGNOSIS", "unknown_to_doctors", SICK, ("severe_illness", None)),
    (R.MZ, "DEMEU_MZ_DIAGNOSIS", "named_illness", SICK, UNREADABLE),
    (R.MTS, "DEMEU_MTS_GAMBLING", "ends_before_start", DEBTS, UNREADABLE),
    (R.MTS, "DEMEU_MTS_GAMBLING", "unchecked_person", DEBTS, UNREADABLE),
]

OWN_CODES = {one.service_id: tuple(ADAPTERS[key].FIELDS.values()) for key, found in EXCHANGES.items() for one in found}
OWN_CODES["DEMEU_MZ_ATTACHMENT"] = ("clinic_attached", "dispensary")
OWN_CODES["DEMEU_MZ_DIAGNOSIS"] = ("severe_illness",)
NAMES = [f"{case[1]}-{case[2]}" for case in CASES]
# What these say of children is asked only when the family card has named them.
OF_CHILDREN = (R.NOBD, R.IPR, R.SOCIAL_SERVICES)


@pytest.fixture(autouse=True)
def impatient(settings: Any, tmp_path: Any) -> None:
    """Two tries: what is unreadable once is unreadable twice."""
    settings.DEMEU_VAULT_REGISTRIES = tmp_path / "registries.toml"
    settings.DEMEU_VAULT_REGISTRIES.write_text("".join(f"[{one.value}]\ntries_max = 2\n" for one in Registry))


@pytest.mark.parametrize(("registry", "service", "fault", "kind", "outcome"), CASES, ids=NAMES)
def test_a_fault_of_its_own_has_one_outcome(
    outside: World, registry: Registry, service: str, fault: str, kind: str, outcome: Any
) -> None:
    outside.fault(service, fault)
    person = applicant(outside.family(kind))
    purpose = Purpose.CASE_REVIEW if registry is Registry.MTS else Purpose.ASSESSMENT
    named = (Registry.CKS, registry) if registry in OF_CHILDREN else (registry,)
    consent = granted(person, named, purpose=purpose)
    gathering = gather(person, consent, purpose=purpose)
    asking = Asking.objects.get(gathering=gathering, service=service)
    if outcome == UNREADABLE:
        assert (asking.state, asking.reason) == (Asking.SILENT, UNREADABLE)
        assert not FactRow.objects.filter(gathering=gathering, source=registry, code__in=OWN_CODES[service]).exists()
        return
    code, value = outcome
    values = set(FactRow.objects.filter(gathering=gathering, code=code).values_list("value", flat=True))
    assert asking.state == Asking.ANSWERED
    assert (value in values) if value else (not values)


def test_every_registry_of_a_family_fails_in_at_least_two_ways_of_its_own() -> None:
    own = {registry: sum(case[0] is registry for case in CASES) for registry in (*HOUSEHOLD_REGISTRIES, Registry.MTS)}
    assert min(own.values()) >= 2


def test_credit_that_the_state_bureau_does_not_know_is_filled_by_the_other_and_says_so(outside: World) -> None:
    outside.fault("DEMEU_GKB_CREDIT", "unknown_subject")
    person = applicant(outside.family(MOTHER))
    gathering = gather(person, granted(person, (Registry.GKB, Registry.PKB)))
    row = GatheringRow.objects.get(id=gathering)
    picture = queries.picture_of(row, frozenset(Registry))
    assert picture.members[0].values["has_credit"] == "true"
    assert {fact.source for fact in queries.facts_of(row, frozenset(Registry))} == {Registry.PKB}


@pytest.mark.parametrize("registry", [Registry.MTS, Registry.MCHS, Registry.MVD, Registry.GBD_UL, Registry.INSTITUTION])
def test_an_application_cannot_ask_consent_for_what_is_not_for_it(registry: Registry) -> None:
    with pytest.raises(Refusal, match=r"consent\.purpose_not_allowed"):
        granted(nameless(), (Registry.CKS, registry))


FUND = "990140004654"


def test_an_organization_is_known_by_its_signed_document(outside: World) -> None:
    outside.organization("940140000385", name_ru='ОФ "Тірек"', name_kk='"Тірек" ҚҚ', kind="fund")
    card = organizations.look_up(number="940140000385", actor="person:x")
    assert (card.known, card.active, card.fund, card.commercial) == (True, True, True, False)
    assert card.name_kk == '"Тірек" ҚҚ'
    assert organizations.look_up(number="230940000029", actor="person:x").known is False
    with pytest.raises(Refusal, match=r"organization\.unusable_bin"):
        organizations.look_up(number="940140000386", actor="person:x")


@pytest.mark.parametrize("fault", ["active_yet_liquidated", "unsigned_content", "other_organization", "soap_fault"])
def test_an_organization_that_cannot_be_believed_is_not_told(outside: World, fault: str) -> None:
    outside.fault("GbdulInfoByBin_v2", fault)
    with pytest.raises(Refusal, match=r"registry\.silent"):
        organizations.look_up(number=FUND, actor="person:x")


def test_a_closed_organization_is_told_to_be_closed(outside: World) -> None:
    outside.fault("GbdulInfoByBin_v2", "closed")
    card = organizations.look_up(number=FUND, actor="person:x")
    assert (card.known, card.active) == (True, False)
