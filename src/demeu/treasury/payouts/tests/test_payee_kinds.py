"""Promises about who may be paid: the price list's word is enforced here as well, and the family is an exception."""

from collections.abc import Callable
from uuid import UUID

import pytest

from demeu.contracts.treasury import PayableTo, PayoutPrepare
from demeu.contracts.vault.payees import PayeeQuestion, PayeeScreened
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.payouts.actions.prepare import prepare_payout
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.payouts.rules import check_payee_kind
from demeu.treasury.tests.cast import ACTOR, Story

COAT, BOOTS = new_id(), new_id()


@pytest.mark.parametrize(
    ("kind", "person", "code"),
    [
        ("supplier", False, ""),
        ("supplier", True, ""),
        ("landlord", True, "payout.payee_not_allowed"),
        ("beneficiary", True, "payout.payee_not_allowed"),
        ("clinic", True, "payout.payee_kind_wrong"),
        ("clinic", False, ""),
    ],
)
def test_every_item_must_allow_the_payee_and_the_payee_must_be_one(kind: str, person: bool, code: str) -> None:
    allowed = {COAT: ("supplier", "clinic", "beneficiary"), BOOTS: ("supplier", "clinic")}
    if not code:
        check_payee_kind(kind, [COAT, BOOTS], allowed, natural_person=person)
        return
    with pytest.raises(Refusal) as refused:
        check_payee_kind(kind, [COAT, BOOTS], allowed, natural_person=person)
    assert refused.value.code == code


def test_an_item_of_which_nothing_was_told_is_never_paid_to_the_family() -> None:
    check_payee_kind("landlord", [COAT], {}, natural_person=True)
    with pytest.raises(Refusal, match=r"payout\.payee_not_allowed"):
        check_payee_kind("beneficiary", [COAT], {}, natural_person=True)


def prepared(story: Story, kinds: tuple[str, ...], screen: Callable[[PayeeQuestion], PayeeScreened]) -> UUID:
    asked = PayoutPrepare.model_validate(
        {
            "payout": new_id(), "case": story.case, "items": (story.coat,), "payee": story.payee,
            "amount_tiyn": 500_000, "invoice_number": "1", "preparer": story.preparer,
            "payee_kind": "beneficiary",
            "payable_to": (PayableTo.model_validate({"item": story.coat, "kinds": kinds}),),
        }
    )  # fmt: skip
    prepare_payout(asked=asked, actor=ACTOR, screen=screen, twins=lambda documents: ())
    return asked.payout


@pytest.mark.django_db(transaction=True)
def test_the_family_is_paid_where_the_item_allows_and_the_approver_sees_that_it_is_a_person(story: Story) -> None:
    person = PayeeScreened(codes=(), signs=("natural_person",))
    for kinds, found in ((("supplier",), person), (("supplier", "beneficiary"), PayeeScreened(codes=()))):
        with pytest.raises(Refusal, match=r"payout\.payee_(not_allowed|kind_wrong)"):
            prepared(story, kinds, lambda question, found=found: found)
    assert Payout.objects.count() == 0
    payout = payout_view(prepared(story, ("supplier", "beneficiary"), lambda question: person))
    assert payout.payee_kind == "beneficiary"
    assert "payee.natural_person" in [reason.code for reason in payout.reasons]
