"""Promises of explaining lines in suspense: two people, exactly once, and the books as if the line had been matched."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from demeu.contracts.treasury import LineExplain
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury import figures
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.queries import account_balance_tiyn
from demeu.treasury.ledger.rules import Account, Kind, Leg
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.reconciliation.booking import clear_suspense
from demeu.treasury.reconciliation.cards import explained_cards, suspense_card, suspense_cards
from demeu.treasury.reconciliation.explaining import answer_explanation, explain_line, take_line
from demeu.treasury.reconciliation.models import (
    ExplainedLine,
    Explanation,
    ExplanationAnswer,
    LineTaking,
    StatementLine,
)
from demeu.treasury.reconciliation.queries import bank_now
from demeu.treasury.reconciliation.tests.test_actions import ALL, book, given_gift, line
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
AIGUL, BOLAT, DANA = "person:a", "person:b", "person:c"


def stored(ref: str) -> UUID:
    return StatementLine.objects.get(entry_ref=ref).id


def said(line: UUID, *, by: str = AIGUL, **what: object) -> UUID:
    """The owner's explanation of a line."""
    take_line(line=line, instead_of="", by=by)
    asked = LineExplain.model_validate({"explanation": new_id(), "line": line, **what})
    explain_line(asked=asked, by=by)
    return asked.explanation


def gift_without_its_line(story: Story, halyk: Halyk, ref: str = "S1") -> tuple[UUID, int, UUID]:
    """A gift whose settlement came with a text that nobody could read: gift, order number, line."""
    gift, _ = given_gift(story, halyk)
    book(line(ref, ALL, reference="for the children"))
    order = order_of(gift)
    assert order is not None
    return gift, order.number, stored(ref)


def standing() -> tuple[int, int, int, int]:
    """What a refusal must leave as it is."""
    return (
        account_balance_tiyn(Account.BANK),
        account_balance_tiyn(Account.SUSPENSE),
        ExplainedLine.objects.count(),
        ExplanationAnswer.objects.count(),
    )


def test_an_explained_settlement_makes_the_gift_held_and_leaves_suspense(story: Story, halyk: Halyk) -> None:
    gift, number, found = gift_without_its_line(story, halyk)
    assert account_balance_tiyn(Account.SUSPENSE) == -ALL
    explanation = said(found, order_number=number)
    assert gift_view(gift).held_at is None and suspense_card(found).taken_by == AIGUL
    answer_explanation(explanation=explanation, agree=True, by=BOLAT)
    [money] = figures.cases_money([story.case]).cases
    assert money.sums.held_tiyn == ALL and gift_view(gift).held_at is not None
    assert (account_balance_tiyn(Account.BANK), account_balance_tiyn(Account.SUSPENSE)) == (ALL, 0)
    assert suspense_cards() == () and bank_now().suspense_lines == 0
    assert [(card.line, card.explained_as) for card in explained_cards()] == [(found, "settlement")]
    assert broken_invariants() == []


def test_payment_and_return_of_a_payout_are_explained_by_its_id(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference))
    payout = story.prepare(ALL)
    story.approve(payout)
    book(line("A2", -ALL), cursor=2)
    answer_explanation(explanation=said(stored("A2"), payout=payout), agree=True, by=BOLAT)
    assert payout_view(payout).state == "settled" and account_balance_tiyn(Account.BANK) == 0
    book(line("A3", ALL, reason="AC04"), cursor=3)
    answer_explanation(explanation=said(stored("A3"), payout=payout), agree=True, by=BOLAT)
    assert payout_view(payout).state == "returned" and account_balance_tiyn(Account.BANK) == ALL
    assert account_balance_tiyn(Account.SUSPENSE) == 0
    assert {card.explained_as for card in explained_cards()} == {"payment", "return"}


def test_two_lines_of_opposite_sums_cancel_each_other(story: Story) -> None:
    book(line("B1", 12_345), line("B2", -12_345), line("B3", 7))
    explanation = said(stored("B2"), other=stored("B1"))
    answer_explanation(explanation=explanation, agree=True, by=BOLAT)
    assert (account_balance_tiyn(Account.BANK), account_balance_tiyn(Account.SUSPENSE)) == (7, -7)
    assert [card.entry_ref for card in suspense_cards()] == ["B3"]
    assert {row.thing for row in ExplainedLine.objects.all()} == {stored("B1"), stored("B2")}


def test_what_was_put_back_is_explained_anew_and_nothing_is_booked_meanwhile(story: Story, halyk: Halyk) -> None:
    gift, number, found = gift_without_its_line(story, halyk)
    book(line("B1", -ALL), cursor=2)
    answer_explanation(explanation=said(found, other=stored("B1")), agree=False, by=BOLAT)
    assert account_balance_tiyn(Account.SUSPENSE) == 0 and len(suspense_cards()) == 2
    answer_explanation(explanation=said(found, order_number=number), agree=True, by=BOLAT)
    assert gift_view(gift).held_at is not None and account_balance_tiyn(Account.SUSPENSE) == ALL


def test_what_does_not_fit_is_refused_and_changes_nothing(story: Story, halyk: Halyk) -> None:
    gift, number, right = gift_without_its_line(story, halyk)
    book(line("W1", ALL - 1), line("W2", ALL, currency="USD"), line("W3", -ALL), line("W4", -(ALL + 1)), cursor=2)
    before = standing()
    wrong: list[tuple[str, str, dict[str, object]]] = [
        ("line.sum_differs", "W1", {"order_number": number}),
        ("line.currency_differs", "W2", {"order_number": number}),
        ("line.gift_not_waiting", "W3", {"order_number": number}),
        ("line.sum_differs", "W4", {"order_number": number}),
        ("line.gift_unknown", "S1", {"order_number": 999_999}),
        ("payout.unknown", "S1", {"payout": new_id()}),
        ("line.sum_differs", "S1", {"other": stored("W4")}),
        ("line.currency_differs", "W3", {"other": stored("W2")}),
        ("line.unknown", "S1", {"other": new_id()}),
        ("line.explanation_wrong", "S1", {"other": right}),
        ("line.explanation_wrong", "S1", {}),
        ("line.explanation_wrong", "S1", {"order_number": number, "other": stored("W3")}),
    ]
    for code, ref, what in wrong:
        with pytest.raises(Refusal) as refused:
            said(stored(ref), **what)
        assert refused.value.code == code, (ref, what)
    assert standing() == before and Explanation.objects.count() == 0 and gift_view(gift).held_at is None


def test_a_payout_of_another_sum_is_refused(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference), line("A2", -(ALL - 1)))
    payout = story.prepare(ALL)
    with pytest.raises(Refusal, match=r"line\.sum_differs"):
        said(stored("A2"), payout=payout)


def test_what_stopped_fitting_before_the_second_word_changes_nothing(story: Story, halyk: Halyk) -> None:
    _, number, found = gift_without_its_line(story, halyk)
    book(line("S2", ALL), cursor=2)
    first, second = said(found, order_number=number), said(stored("S2"), order_number=number)
    answer_explanation(explanation=first, agree=True, by=BOLAT)
    before = standing()
    with pytest.raises(Refusal, match=r"line\.gift_not_waiting"):
        answer_explanation(explanation=second, agree=True, by=BOLAT)
    assert standing() == before and account_balance_tiyn(Account.SUSPENSE) == -ALL


def test_a_payout_that_cannot_be_paid_any_more_leaves_the_line_in_suspense(story: Story, halyk: Halyk) -> None:
    _, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference), line("A2", -ALL))
    payout = story.prepare(ALL)
    explanation = said(stored("A2"), payout=payout)
    before = standing()
    with pytest.raises(Refusal, match=r"line\.does_not_fit"):
        answer_explanation(explanation=explanation, agree=True, by=BOLAT)
    assert standing() == before and payout_view(payout).state == "prepared"


def test_nobody_agrees_with_himself_and_only_the_owner_explains(story: Story, halyk: Halyk) -> None:
    _, number, found = gift_without_its_line(story, halyk)
    explanation = said(found, order_number=number)
    with pytest.raises(Refusal, match=r"line\.same_person"):
        answer_explanation(explanation=explanation, agree=True, by=AIGUL)
    with pytest.raises(Refusal, match=r"line\.explanation_waits"):
        take_line(line=found, instead_of=AIGUL, by=BOLAT)
    answer_explanation(explanation=explanation, agree=False, by=BOLAT)
    again = LineExplain(explanation=new_id(), line=found, order_number=number)
    with pytest.raises(Refusal, match=r"line\.not_owner"):
        explain_line(asked=again, by=BOLAT)
    with pytest.raises(Refusal, match=r"line\.taken"):
        take_line(line=found, instead_of=DANA, by=BOLAT)
    take_line(line=found, instead_of=AIGUL, by=BOLAT)
    explain_line(asked=again, by=BOLAT)
    assert suspense_card(found).taken_by == BOLAT


def test_a_second_click_changes_nothing_and_an_explained_line_stays_so(story: Story, halyk: Halyk) -> None:
    _, number, found = gift_without_its_line(story, halyk)
    take_line(line=found, instead_of="", by=AIGUL)
    take_line(line=found, instead_of="", by=AIGUL)
    asked = LineExplain(explanation=new_id(), line=found, order_number=number)
    for _ in range(2):
        explain_line(asked=asked, by=AIGUL)
    for _ in range(2):
        answer_explanation(explanation=asked.explanation, agree=True, by=BOLAT)
    assert (LineTaking.objects.count(), Explanation.objects.count(), ExplainedLine.objects.count()) == (1, 1, 1)
    with pytest.raises(Refusal, match=r"line\.explanation_differs"):
        explain_line(asked=asked.model_copy(update={"order_number": 1}), by=AIGUL)
    with pytest.raises(Refusal, match=r"line\.answered"):
        answer_explanation(explanation=asked.explanation, agree=False, by=DANA)
    with pytest.raises(Refusal, match=r"line\.explained"):
        take_line(line=found, instead_of=AIGUL, by=BOLAT)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Everybody acts at the same moment; the codes of the refusals."""
    start, codes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Refusal as refusal:
            codes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def test_two_officers_at_once_take_explain_and_agree_once(story: Story, halyk: Halyk) -> None:
    gift, number, found = gift_without_its_line(story, halyk)
    assert at_once(
        lambda: take_line(line=found, instead_of="", by=AIGUL), lambda: take_line(line=found, instead_of="", by=BOLAT)
    ) == ["line.taken"]
    owner = suspense_card(found).taken_by
    asked = [LineExplain(explanation=new_id(), line=found, order_number=number) for _ in range(2)]
    assert at_once(*(lambda one=one: explain_line(asked=one, by=owner) for one in asked)) == ["line.explanation_waits"]
    explanation = Explanation.objects.get().id
    assert at_once(
        *(lambda by=by: answer_explanation(explanation=explanation, agree=True, by=by) for by in (DANA, "person:d"))
    ) == ["line.answered"]
    assert gift_view(gift).held_at is not None and account_balance_tiyn(Account.BANK) == ALL


def test_the_database_itself_demands_two_people_and_an_order(story: Story, halyk: Halyk) -> None:
    _, number, found = gift_without_its_line(story, halyk)
    book(line("B1", 5), cursor=2)
    explanation = said(found, order_number=number)
    now, other = clock.now(), stored("B1")
    mine: dict[str, object] = {"id": new_id(), "line_id": other, "place": 1, "order_number": number, "at": now}
    refused: list[Callable[[], object]] = [
        lambda: ExplanationAnswer.objects.create(explanation_id=explanation, agree=True, person=AIGUL, at=now),
        lambda: Explanation.objects.create(**mine, person=AIGUL),
        lambda: Explanation.objects.create(**{**mine, "line_id": found, "place": 2}, person=AIGUL),
        lambda: ExplainedLine.objects.create(
            line_id=found, explanation_id=explanation, kind="settlement", thing=new_id(), at=now
        ),
    ]
    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    answer_explanation(explanation=explanation, agree=True, by=BOLAT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExplainedLine.objects.create(line_id=other, explanation_id=explanation, kind="cancelled", thing=found, at=now)
    for table in ("linetaking", "explanation", "explanationanswer", "explainedline"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            _run(f"DELETE FROM treasury_reconciliation_{table}")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def broken() -> set[str]:
    return {found.name.removeprefix("reconciliation.") for found in broken_invariants()}


@pytest.mark.breaks("reconciliation.suspense_is_unexplained", "reconciliation.bank_is_books")
def test_a_line_taken_out_of_suspense_without_a_word_is_noticed() -> None:
    book(line("B1", 5))
    clear_suspense(stored("B1"), explanation=new_id())
    assert {"suspense_is_unexplained", "bank_is_books"} <= broken()


@pytest.mark.breaks("reconciliation.explained", "reconciliation.bank_is_books")
def test_an_explained_settlement_without_its_transfer_is_noticed(story: Story, halyk: Halyk) -> None:
    _, number, found = gift_without_its_line(story, halyk)
    explanation = said(found, order_number=number)
    ExplanationAnswer.objects.create(explanation_id=explanation, agree=True, person=BOLAT, at=clock.now())
    clear_suspense(found, explanation=explanation)
    ExplainedLine.objects.create(
        line_id=found, explanation_id=explanation, kind="settlement", thing=new_id(), at=clock.now()
    )
    assert "explained_is_booked" in broken() and "suspense_is_unexplained" not in broken()


@pytest.mark.breaks("reconciliation")
def test_one_gift_settled_by_two_lines_is_noticed(story: Story, halyk: Halyk) -> None:
    gift, reference = given_gift(story, halyk)
    book(line("A1", ALL, reference=reference), line("A2", ALL))
    other = given_gift(story, halyk)[1]
    explanation = said(stored("A2"), order_number=int(other.split("/")[1]))
    ExplanationAnswer.objects.create(explanation_id=explanation, agree=True, person=BOLAT, at=clock.now())
    ExplainedLine.objects.create(
        line_id=stored("A2"), explanation_id=explanation, kind="settlement", thing=gift, at=clock.now()
    )
    assert "one_line_for_each" in broken()


@pytest.mark.breaks("reconciliation")
def test_half_of_a_cancelled_pair_is_noticed() -> None:
    book(line("B1", 5), line("B2", -5))
    explanation = said(stored("B1"), other=stored("B2"))
    ExplanationAnswer.objects.create(explanation_id=explanation, agree=True, person=BOLAT, at=clock.now())
    ExplainedLine.objects.create(
        line_id=stored("B1"), explanation_id=explanation, kind="cancelled", thing=stored("B2"), at=clock.now()
    )
    legs = [Leg(Account.BANK, -5), Leg(Account.SUSPENSE, 5)]
    post_transfer(transfer=new_id(), kind=Kind.SUSPEND, legs=legs)
    assert "cancelled_in_pairs" in broken()


@pytest.mark.breaks("reconciliation")
def test_a_line_explained_by_one_person_is_noticed() -> None:
    book(line("B1", 5), line("B2", -5))
    explanation = said(stored("B1"), other=stored("B2"))
    _run("ALTER TABLE treasury_reconciliation_explanationanswer DISABLE TRIGGER USER")
    ExplanationAnswer.objects.create(explanation_id=explanation, agree=True, person=AIGUL, at=clock.now())
    _run("ALTER TABLE treasury_reconciliation_explanationanswer ENABLE TRIGGER USER")
    for one, cancels in (("B1", "B2"), ("B2", "B1")):
        ExplainedLine.objects.create(
            line_id=stored(one), explanation_id=explanation, kind="cancelled", thing=stored(cancels), at=clock.now()
        )
    assert broken() == {"explained_by_two"}
