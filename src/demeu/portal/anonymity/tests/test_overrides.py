"""More than the guard allows is shown only when two people said so, and the database holds them to it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.audit import Audit
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor
from demeu.portal.anonymity import actions
from demeu.portal.anonymity.models import Override
from demeu.portal.anonymity.rules import Cell, Crowd
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.catalogue.models import Release
from demeu.portal.catalogue.tests.test_publishing import TEXTS, approved
from demeu.portal.verification.tests.cast import Cast, signed_in, staff

pytestmark = pytest.mark.django_db
DISTRICT, REASON = "351000000", "The family itself asks to be found by its neighbours."
FEW = Crowd(people=4, needs=1)
TYPED: dict[str, Any] = {**TEXTS, "age_band": "6-11", "household_type": "single_parent"}


def proposed(cast: Cast, actor: Actor | None = None) -> Override:
    cell = Cell(DISTRICT, "6-11", "single_parent")
    return actions.propose_override(case=cast.case, cell=cell, found=FEW, reason=REASON, actor=actor or cast.curator)


def code_of(deed: Any) -> str:
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


def test_two_curators_show_a_district_that_the_guard_hides(client: Client) -> None:
    cast, other = approved(), staff(Role.CURATOR)
    address = f"/desk/publish/{cast.case}/"
    asked = signed_in(client, cast.curator).post(address, {**TYPED, "do": "propose", "reason": REASON})
    assert asked.status_code == 200 and TYPED["title_ru"] in asked.content.decode()
    row = Override.objects.get(case=cast.case)
    second = signed_in(Client(), other)
    assert f'data-override="{row.id}"' in second.get("/desk/overrides/").content.decode()
    assert second.post(f"/desk/overrides/{row.id}/", {"do": "agree"}).status_code == 302
    assert client.post(address, {**TYPED, "do": "publish"}).status_code == 302
    shown = case_by_id(cast.case)
    assert (shown.district_kato, shown.household_type) == (DISTRICT, "single_parent")
    assert Release.objects.get(case=cast.case).needs < 3
    assert broken_invariants() == []
    deeds = set(Audit.objects.filter(subject=f"case:{cast.case}").values_list("action", flat=True))
    assert {"override.propose", "override.agree", "case.release"} <= deeds


def test_nobody_agrees_to_their_own_proposal() -> None:
    cast = approved()
    row = proposed(cast)
    assert code_of(lambda: actions.decide_override(override=row.id, agree=True, actor=cast.curator)) == (
        "override.same_person"
    )
    taken_back = actions.decide_override(override=row.id, agree=False, actor=cast.curator)
    assert taken_back.state == Override.DECLINED


def test_the_database_refuses_one_person_in_both_places_and_any_later_change() -> None:
    cast, other = approved(), staff(Role.CURATOR)
    row = proposed(cast)
    mine = {"state": "agreed", "second": row.proposer, "decided_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(id=row.id).update(**mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(id=row.id).update(proposer=new_id())
    actions.decide_override(override=row.id, agree=True, actor=other)
    for change in ({"place": "350000000"}, {"second": new_id()}, {"state": "proposed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Override.objects.filter(id=row.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(id=row.id).delete()


def test_a_proposal_cannot_be_born_agreed() -> None:
    moment = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(
            id=new_id(), case=new_id(), place=DISTRICT, reason=REASON, people=1, needs=1, state="agreed",
            proposer=new_id(), proposed_at=moment, second=new_id(), decided_at=moment,
        )  # fmt: skip


def test_a_proposal_needs_a_reason_a_need_and_a_curator_of_the_region() -> None:
    cast = approved()
    cell = Cell(DISTRICT)

    def propose(found: Crowd = FEW, reason: str = REASON, actor: Actor = cast.curator) -> str:
        return code_of(
            lambda: actions.propose_override(case=cast.case, cell=cell, found=found, reason=reason, actor=actor)
        )

    assert propose(reason="because") == "override.reason_length"
    assert propose(found=Crowd(11, 3)) == "override.not_needed"
    assert propose(actor=staff(Role.CURATOR, ("75",))) == "case.other_region"
    proposed(cast)
    assert propose() == "override.waits_already"


def test_an_agreement_to_one_cell_allows_no_other(client: Client) -> None:
    cast, other = approved(), staff(Role.CURATOR)
    actions.decide_override(override=proposed(cast).id, agree=True, actor=other)
    page = signed_in(client, cast.curator).post(
        f"/desk/publish/{cast.case}/", {**TYPED, "age_band": "0-5", "do": "publish"}
    )
    assert page.status_code == 422 and case_by_id(cast.case).state == "draft"
