"""From review to approval: four different people, only their own regions, nothing out of order."""

import pytest
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.verification import actions
from demeu.portal.verification.models import Review, Visit
from demeu.portal.verification.queries import queue, visit_of, volunteers_for
from demeu.portal.verification.tests.cast import HOME_SCHOOLED, Cast, in_review, signed_in, staff
from demeu.portal.wishes.queries import items_of

pytestmark = pytest.mark.django_db
SHA = "a" * 64


def plan(cast: Cast, actor: Actor | None = None, volunteer: Actor | None = None) -> Visit:
    chosen = (volunteer or cast.volunteer).person
    assert chosen is not None
    return actions.plan_visit(
        application=cast.application,
        volunteer=chosen,
        planned_for=clock.today(),
        attributes=HOME_SCHOOLED,
        actor=actor or cast.curator,
    )


def visited(cast: Cast) -> None:
    plan(cast)
    actions.write_act(
        application=cast.application,
        findings=["need_seen"],
        document=new_id(),
        sha256=SHA,
        photos=[],
        actor=cast.volunteer,
    )
    actions.sign_act(application=cast.application, signature=new_id(), actor=cast.volunteer)


def refused_code(call: object, **facts: object) -> str:
    with pytest.raises(Refusal) as refused:
        call(**facts)  # type: ignore[operator]
    return refused.value.code


def test_review_visit_and_approval_follow_each_other() -> None:
    cast = in_review()
    visited(cast)
    actions.approve(application=cast.application, actor=cast.curator)
    row = application_by_id(cast.application)
    assert row.state == "approved"
    assert row.case.verified_by == "Центр поддержки семьи; Общественный фонд «Тірек»"
    assert (row.case.curator, row.case.volunteer) == (cast.curator.person, cast.volunteer.person)
    assert row.case.visited_on == clock.today()
    assert list(Review.objects.order_by("at").values_list("decision", flat=True)) == ["visit", "approved"]


def test_what_the_state_covers_is_taken_out_before_the_visit() -> None:
    cast = in_review()
    plan(cast)
    states = {item.code: item.state for item in items_of(cast.case)}
    assert states["home_schooling"] == "covered_by_state"
    assert states["wheelchair_child"] == "proposed"


def test_an_attribute_that_is_not_known_takes_nothing_out() -> None:
    cast = in_review()
    assert actions.take_out_what_state_covers(application=cast.application, attributes=(), actor=cast.curator) == []


def test_the_curator_is_never_the_volunteer_of_the_same_application() -> None:
    cast = in_review()
    assert cast.curator.person is not None
    give_role(person=cast.curator.person, role=Role.VOLUNTEER, by="operator:test", regions=["35"])
    both = actor_of(cast.curator.person)
    assert refused_code(plan, cast=cast, actor=both, volunteer=both) == "case.same_person"


def test_the_assistant_who_entered_it_can_neither_review_nor_visit() -> None:
    assistant = staff(Role.CURATOR)
    cast = in_review(entered_by=assistant.person)
    assert refused_code(plan, cast=cast, actor=assistant) == "case.same_person"
    assert assistant.person is not None
    give_role(person=assistant.person, role=Role.VOLUNTEER, by="operator:test", regions=["35"])
    assert refused_code(plan, cast=cast, volunteer=actor_of(assistant.person)) == "case.same_person"
    assert assistant.person not in volunteers_for(application_by_id(cast.application))


def test_a_volunteer_who_is_a_curator_too_cannot_approve_the_own_visit() -> None:
    cast = in_review()
    visited(cast)
    assert cast.volunteer.person is not None
    give_role(person=cast.volunteer.person, role=Role.CURATOR, by="operator:test", regions=["35"])
    both = actor_of(cast.volunteer.person)
    assert refused_code(actions.approve, application=cast.application, actor=both) == "case.same_person"


@pytest.mark.parametrize("regions", [("61",), ()])
def test_a_curator_sees_and_decides_only_in_own_regions(regions: tuple[str, ...]) -> None:
    cast, stranger = in_review(), staff(Role.CURATOR, regions)
    assert cast.application in [row.id for row in queue(cast.curator)]
    assert list(queue(stranger)) == []
    assert refused_code(plan, cast=cast, actor=stranger) == "case.other_region"


def test_a_volunteer_of_another_region_cannot_be_sent() -> None:
    cast = in_review()
    assert refused_code(plan, cast=cast, volunteer=staff(Role.VOLUNTEER, ("61",))) == "visit.not_a_volunteer_here"


def test_without_a_signed_act_nothing_is_approved() -> None:
    cast = in_review()
    assert refused_code(actions.approve, application=cast.application, actor=cast.curator) == "visit.not_done"
    plan(cast)
    assert refused_code(actions.approve, application=cast.application, actor=cast.curator) == "visit.not_done"


def test_only_the_chosen_volunteer_writes_the_act_and_only_once() -> None:
    cast, other = in_review(), staff(Role.VOLUNTEER)
    visited(cast)
    facts = {
        "application": cast.application,
        "findings": ["need_seen"],
        "document": new_id(),
        "sha256": SHA,
        "photos": [],
    }
    assert refused_code(actions.write_act, **facts, actor=other) == "visit.not_yours"
    assert refused_code(actions.write_act, **facts, actor=cast.volunteer) == "visit.already_signed"


def test_a_refusal_calls_the_visit_off_and_keeps_the_reason() -> None:
    cast = in_review()
    plan(cast)
    actions.refuse(application=cast.application, reason="not_reachable", actor=cast.curator)
    row = application_by_id(cast.application)
    assert (row.state, row.refusal_reason) == ("refused", "not_reachable")
    assert visit_of(cast.application) is None


def test_desks_are_open_only_to_their_roles(client: Client) -> None:
    cast = in_review()
    assert client.get("/desk/review/").status_code == 302
    assert signed_in(client, cast.volunteer).get("/desk/review/").status_code == 403
    assert client.get("/desk/visits/").status_code == 200
    assert signed_in(client, cast.curator).get("/desk/review/").status_code == 200
    assert client.get("/desk/publish/").status_code == 200
    assert client.get("/desk/visits/").status_code == 200
