"""What of each registry a consent is about: all of it by default, less what the person leaves out, never more."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts import vault
from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Registry
from demeu.kernel import signing
from demeu.kernel.clock import now
from demeu.kernel.errors import unavailable
from demeu.kernel.ids import new_id
from demeu.portal.cases import actions
from demeu.portal.cases.fact_words import FACTS
from demeu.portal.cases.models import Application
from demeu.portal.cases.narrowing import asked_fields, choosable, left_out, mark
from demeu.portal.cases.wording import left_out_text

ALL = {registry: list(choosable(registry)) for registry in HOUSEHOLD_REGISTRIES}
CODES = st.sampled_from(sorted({code for codes in vault.REGISTRY_FIELDS.values() for code in codes} | {"bank_secrets"}))


def test_everything_chosen_is_the_whole_consent() -> None:
    assert left_out(ALL) == {}
    assert asked_fields({}) == (HOUSEHOLD_REGISTRIES, {})
    assert mark({}) == ""


def test_a_registry_of_which_nothing_remains_is_not_asked_and_the_family_always_is() -> None:
    registries, fields = asked_fields(left_out({}))
    assert registries == (Registry.GBD_FL, Registry.CKS)
    assert fields == {
        Registry.GBD_FL: ("known_to_gbd_fl", "birth_date", "kato"),
        Registry.CKS: ("known_to_cks", "relation", "birth_date", "kato"),
    }


@given(st.dictionaries(st.sampled_from(HOUSEHOLD_REGISTRIES), st.lists(CODES)))
def test_no_choice_asks_for_more_than_a_registry_has_or_for_what_was_left_out(
    chosen: dict[Registry, list[str]],
) -> None:
    left = left_out(chosen)
    registries, fields = asked_fields(left)
    assert set(fields) <= set(registries) <= set(HOUSEHOLD_REGISTRIES)
    for registry, codes in fields.items():
        assert codes and set(codes) < set(vault.REGISTRY_FIELDS[registry])
        assert not set(codes) & set(left[registry.value])
    for registry in registries:
        assert registry in fields or set(choosable(registry)) <= set(chosen.get(registry, ()))
    assert mark(left) == mark(left_out(chosen)) != ("" if left else "x")


def test_every_field_that_can_be_left_out_has_words() -> None:
    assert {code for codes in ALL.values() for code in codes} <= set(FACTS)
    with override("ru"):
        assert left_out_text({"gkb": ["has_credit"]}).splitlines()[1].startswith("Государственное кредитное бюро: ")
    assert left_out_text({}) == ""


@pytest.fixture
def mother(client: Client, tmp_path: Path, settings: object) -> UUID:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]
    person = new_id()
    session = client.session
    session["person"] = str(person)
    session.save()
    return person


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[vault.ConsentAsk, str]]:
    """What consent was asked of vault, which is another process, and under which key."""
    told: list[tuple[vault.ConsentAsk, str]] = []

    def border(_service: str, operation: Any, body: Any, *, idempotency_key: str = "", **_more: object) -> Any:
        if operation is not vault.CONSENT_ASK:
            raise unavailable("vault.away")
        told.append((body, idempotency_key))
        return vault.Consent(
            consent=new_id(), person=body.person, subject=body.subject, state="asked", purpose=body.purpose,
            registries=body.registries, fields=body.fields, text_version="1", asked_at=now(), expires_at=now(),
            granted_by=None,
        )  # fmt: skip

    monkeypatch.setattr("demeu.portal.cases.entrance.ask", border)
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_consent_page_ticks_everything_and_keeps_what_was_left_out(client: Client, mother: UUID, lang: str) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    path = f"/apply/{row.id}/consent/"
    page = client.get(path, headers={"accept-language": lang}).content.decode()
    boxes = sum(len(codes) for codes in ALL.values())
    assert page.count('type="checkbox"') == page.count(" checked") == boxes
    ticks = {f"fields-{one.value}": codes for one, codes in ALL.items()} | {"fields-gkb": ["has_credit"]}
    wrong = client.post(path, {"ticks": "yes", **ticks}).content.decode()
    assert wrong.count('type="checkbox"') - 4 == wrong.count(" checked")
    answer = client.post(path, {"answer": "yes", "ticks": "yes", **ticks})
    assert answer.status_code == 302 and answer["Location"].endswith("/consent/sign/")
    again = client.get(path, headers={"accept-language": lang}).content.decode()
    assert again.count(" checked") == boxes - 4


@pytest.mark.django_db
def test_vault_is_asked_for_the_rest_under_a_key_of_its_own(
    client: Client, mother: UUID, asked: list[tuple[vault.ConsentAsk, str]]
) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    ticks = {f"fields-{one.value}": codes for one, codes in ALL.items()} | {"fields-gkb": ["has_credit"]}
    for posted in ({}, {"ticks": "yes", **ticks, "fields-mz": []}):
        client.post(f"/apply/{row.id}/consent/", {"answer": "yes", **posted})
        client.get(f"/apply/{row.id}/consent/sign/")
    (whole, first), (narrow, second) = asked
    assert (whole.registries, whole.fields) == (HOUSEHOLD_REGISTRIES, {})
    assert Registry.MZ not in narrow.registries
    assert narrow.fields == {Registry.GKB: ("has_credit",)}
    assert first != second and len(second) <= 80


@pytest.mark.django_db
def test_a_consent_that_was_given_about_more_is_not_used_any_longer(client: Client, mother: UUID) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    Application.objects.filter(id=row.id).update(consent=new_id())
    client.post(f"/apply/{row.id}/consent/", {"answer": "yes"})
    assert Application.objects.get().consent is not None
    client.post(f"/apply/{row.id}/consent/", {"answer": "yes", "ticks": "yes"})
    left = Application.objects.get()
    assert (left.consent, set(left.left_out)) == (None, {one.value for one in HOUSEHOLD_REGISTRIES})
