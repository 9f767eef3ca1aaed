"""A family changes its list until the visit is planned, on the real database."""

import pytest

from demeu.contracts.vault import NeedFact
from demeu.contracts.words import NeedGroup, Registry
from demeu.kernel.clock import now
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Application, Case
from demeu.portal.cases.rules import ApplicationState, CaseState
from demeu.portal.wishes.actions import edit_item, form_wish_list, remove_item, restore_item
from demeu.portal.wishes.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    moment, person = now(), new_id()
    application = Application.objects.create(
        id=new_id(), person=person, state=ApplicationState.REVIEW, created_at=moment, updated_at=moment
    )
    made = Case.objects.create(
        id=new_id(), number="26-30001", application=application, person=person, group=NeedGroup.CHILDREN_YOUTH,
        region_kato="350000000", created_at=moment,
    )  # fmt: skip
    needs = [
        NeedFact(code="winter_clothes_child", count=3, source=Registry.CKS),
        NeedFact(code="food_parcel", count=2, source=Registry.CKS),
    ]
    form_wish_list(case=made.id, needs=needs, by="role:portal")
    return made


def first_item(case: Case) -> Item:
    return Item.objects.filter(case=case.id).order_by("position")[0]


def changes(item: Item) -> list[str]:
    """Codes with which each kind of change is refused; «done» for one that is taken."""
    said = []
    for change in (
        lambda: edit_item(item=item.id, quantity=1, unit_price_tiyn=100, detail="", by="person:1"),
        lambda: remove_item(item=item.id, by="person:1"),
        lambda: restore_item(item=item.id, by="person:1"),
    ):
        try:
            change()
            said.append("done")
        except Refusal as refusal:
            said.append(refusal.code)
    return said


def test_the_list_is_open_while_the_application_is_reviewed(case: Case) -> None:
    assert changes(first_item(case)) == ["done", "done", "done"]


@pytest.mark.parametrize("state", [ApplicationState.VISIT, ApplicationState.APPROVED, ApplicationState.WITHDRAWN])
def test_the_list_stands_from_the_visit_on(case: Case, state: ApplicationState) -> None:
    Application.objects.filter(case=case).update(state=state)
    assert changes(first_item(case)) == ["wish.no_longer_editable"] * 3


def test_nothing_is_put_back_into_a_published_case(case: Case) -> None:
    remove_item(item=first_item(case).id, by="person:1")
    Case.objects.filter(id=case.id).update(state=CaseState.PUBLISHED)
    with pytest.raises(Refusal) as refused:
        restore_item(item=first_item(case).id, by="person:1")
    assert refused.value.code == "wish.no_longer_editable"


def test_no_edit_brings_the_whole_list_over_the_limit_of_a_case(case: Case) -> None:
    item = first_item(case)
    Item.objects.filter(case=case.id).exclude(id=item.id).update(unit_price_tiyn=249_000_000, amount_tiyn=498_000_000)
    with pytest.raises(Refusal) as refused:
        edit_item(item=item.id, quantity=3, unit_price_tiyn=8_000_000, detail="", by="person:1")
    assert refused.value.code == "wish.case_beyond_limit"
