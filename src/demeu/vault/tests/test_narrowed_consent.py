"""A consent that names fields releases those fields and no other, whatever the registry answered."""

from uuid import UUID

import pytest

from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.vault.consents import actions as consents
from demeu.vault.households.models import FactRow, GatheringRow, Household
from demeu.vault.households.showing import shown_facts
from demeu.vault.people.actions import enter_person

pytestmark = pytest.mark.django_db


def _gathered(consent: UUID, person: UUID) -> GatheringRow:
    row = GatheringRow.objects.create(
        id=new_id(), household=Household.objects.create(person=person, created_at=clock.now()), subject="application:1",
        consent=consent, purpose="assessment", state="done", started_at=clock.now(),
    )  # fmt: skip
    for code, value, source in (
        ("housing_units", "1", "cks"),
        ("passenger_cars", "2", "cks"),
        ("land_plots", "0", "cks"),
        ("machinery_kinds", "0", "minfin"),
    ):
        FactRow.objects.create(
            gathering=row, code=code, value=value, source=source, as_of=clock.now(), message_id=str(new_id())
        )
    return row


def test_only_named_fields_of_a_narrowed_registry_are_shown() -> None:
    person, _ = enter_person(
        actor="person:x", surname="Сейітова", given_name="Әсел", patronymic="", iin=None, birth_date=None, phone=None,
        lang="kk", region_kato="",
    )  # fmt: skip
    consent = consents.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, term_days=30, text_version="1", lang="kk",
        registries=(Registry.CKS, Registry.MINFIN), fields={Registry.CKS: ("housing_units",)}, actor="person:x",
    )  # fmt: skip
    row = _gathered(consent, person)
    shown = shown_facts(row, frozenset({Registry.CKS, Registry.MINFIN}), Purpose.CASE_REVIEW)
    assert {fact.code for fact in shown.facts} == {"housing_units", "machinery_kinds"}
