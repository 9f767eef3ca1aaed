"""A case becomes public only when approved, with a clean text, hidden in a crowd, and with something to ask for."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.contracts.words import Role
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.anonymity.rules import Cell
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.catalogue import publishing
from demeu.portal.catalogue.models import Complaint, Release
from demeu.portal.catalogue.publishing import Publication, TextRefused, preview
from demeu.portal.catalogue.suggestions import public_attributes, suggested
from demeu.portal.verification import actions
from demeu.portal.verification.tests.cast import Cast, in_review, signed_in
from demeu.portal.verification.tests.test_actions import visited
from demeu.portal.wishes.queries import items_of

pytestmark = pytest.mark.django_db
CODES = ["wheelchair_child", "winter_clothes_child"]
TEXTS = {
    field: text for field, text in suggested("children_youth", ["single_parent"], CODES, None).items() if "_" in field
}


def approved() -> Cast:
    cast = in_review()
    visited(cast)
    actions.approve(application=cast.application, actor=cast.curator)
    return cast


def publication(**texts: str) -> Publication:
    return Publication({**TEXTS, **texts}, age_band="6-11", household_type="single_parent", attributes=("children",))


def publish_case(*, case: UUID, publication: Publication, actor: Actor) -> Cell:
    """Publish after a look at what will be shown."""
    mark = preview(case_by_id(case), publication).mark
    return publishing.publish_case(case=case, publication=publication, actor=actor, seen=mark)


def test_an_approved_case_becomes_public_with_its_items_and_jobs() -> None:
    cast = approved()
    cell = publish_case(case=cast.case, publication=publication(), actor=cast.curator)
    row = case_by_id(cast.case)
    assert row.state == "published" and row.published_at is not None
    assert (row.region_kato, row.district_kato, cell.place) == ("350000000", "", "350000000")
    assert {item.state for item in items_of(cast.case) if item.code in CODES} == {"open"}
    release = Release.objects.get(case=cast.case)
    assert release.people >= 11 and release.needs >= 3 and len(release.commitment) == 64
    jobs = set(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))
    assert {
        f"demeu.portal.catalogue.tasks.{name}" for name in ("declare_need", "log_release", "tell_published")
    } <= jobs


def test_a_text_with_a_name_is_refused_and_nothing_is_public() -> None:
    cast = approved()
    with pytest.raises(TextRefused) as refused:
        publish_case(
            case=cast.case,
            publication=publication(story_ru="Помогите Айгүл и её детям найти коляску."),
            actor=cast.curator,
        )
    assert [one.field for one in refused.value.found] == ["story_ru"]
    assert case_by_id(cast.case).state == "draft" and not Release.objects.exists()


def test_an_application_that_is_not_approved_is_not_published() -> None:
    cast = in_review()
    with pytest.raises(Refusal) as refused:
        publish_case(case=cast.case, publication=publication(), actor=cast.curator)
    assert refused.value.code == "publication.not_approved"


def test_the_volunteer_of_the_case_cannot_publish_it() -> None:
    cast = approved()
    assert cast.volunteer.person is not None
    give_role(person=cast.volunteer.person, role=Role.CURATOR, by="operator:test", regions=["35"])
    with pytest.raises(Refusal) as refused:
        publish_case(case=cast.case, publication=publication(), actor=actor_of(cast.volunteer.person))
    assert refused.value.code == "case.same_person"


def test_suggested_texts_pass_the_guard() -> None:
    from demeu.portal.catalogue.guard import findings

    for attributes in ([], ["renting", "single_parent"], ["large_family", "emergency"], ["lone_pensioner"]):
        assert findings(suggested("children_youth", attributes, CODES, None)) == []


def test_only_attributes_that_may_be_public_are() -> None:
    assert public_attributes(["asp_recipient", "renting"], ["rent"]) == ("debts", "renting")


def test_the_refused_page_keeps_what_was_typed_and_says_what_and_where(client: Client) -> None:
    cast = approved()
    typed = {
        **TEXTS,
        "story_kk": "Телефоны 8 701 123 45 67, көмектесіңіздер.",
        "age_band": "6-11",
        "household_type": "",
        "do": "publish",
    }
    page = signed_in(client, cast.curator).post(f"/desk/publish/{cast.case}/", typed)
    shown = page.content.decode()
    assert page.status_code == 422
    assert 'data-finding="phone" data-field="story_kk"' in shown and typed["story_kk"] in shown
    assert case_by_id(cast.case).state == "draft"


def test_the_page_publishes_only_what_was_seen_and_leads_to_the_case(client: Client) -> None:
    cast = approved()
    typed: dict[str, Any] = {**TEXTS, "age_band": "6-11", "household_type": "single_parent", "do": "publish"}
    curator = signed_in(client, cast.curator)
    unseen = curator.post(f"/desk/publish/{cast.case}/", typed)
    assert unseen.status_code == 422 and case_by_id(cast.case).state == "draft"
    shown = unseen.content.decode()
    assert "data-widened" in shown and typed["title_ru"] in shown
    found = re.search(r'name="seen" value="([^"]+)"', shown)
    assert found is not None
    page = curator.post(f"/desk/publish/{cast.case}/", {**typed, "seen": found[1]})
    number = case_by_id(cast.case).number
    assert page.status_code == 302 and page.url == f"/cases/{number}/"  # type: ignore[attr-defined]
    assert client.get(f"/cases/{number}/").status_code == 200


def test_a_report_is_sealed_and_a_second_click_changes_nothing(client: Client) -> None:
    cast = approved()
    publish_case(case=cast.case, publication=publication(), actor=cast.curator)
    number, identifier = case_by_id(cast.case).number, str(new_id())
    form = {"complaint": identifier, "code": "recognisable", "words": "Я знаю эту семью"}
    for _ in range(2):
        assert client.post(f"/cases/{number}/report/", form).status_code == 302
    kept = Complaint.objects.get()
    assert kept.sealed and "знаю" not in kept.sealed
    assert client.post(f"/cases/{number}/report/", {**form, "words": ""}).status_code == 422


def test_after_publication_every_invariant_holds() -> None:
    cast = approved()
    publish_case(case=cast.case, publication=publication(), actor=cast.curator)
    assert broken_invariants() == []


def test_a_case_made_public_past_the_guard_breaks_an_invariant() -> None:
    cast = approved()
    case_by_id(cast.case).__class__.objects.filter(id=cast.case).update(state="published")
    assert [one.name for one in broken_invariants()] == ["public_case_hides_its_family"]
