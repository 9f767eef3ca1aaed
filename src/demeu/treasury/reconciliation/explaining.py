"""Explaining a line in suspense: one officer takes it and says what it is, another agrees or puts it back."""

from uuid import UUID

from django.db import transaction

from demeu.contracts import treasury as contract
from demeu.kernel import audit, clock
from demeu.kernel.errors import conflict, not_found
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.queries import gift_of_order
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.reconciliation.actions import lock_line
from demeu.treasury.reconciliation.booking import ask_gateway_first, book_line, clear_suspense
from demeu.treasury.reconciliation.cards import last_explanation, owner_of
from demeu.treasury.reconciliation.models import (
    ExplainedLine,
    Explanation,
    ExplanationAnswer,
    LineTaking,
    StatementLine,
)
from demeu.treasury.reconciliation.queries import in_suspense
from demeu.treasury.reconciliation.rules import (
    CURRENCY,
    Kind,
    Meaning,
    check_another,
    check_cancels,
    check_currency,
    check_owner,
    check_pays,
    check_settles,
    explained_as,
)

DEMO, BY_INVOICE = "demo", "transfer"


@transaction.atomic
def take_line(*, line: UUID, instead_of: str, by: str) -> None:
    """Somebody takes a line, from nobody or from who was shown to have it; once more changes nothing.

    Raises `line.unknown`, `line.explained`, `line.taken`, `line.explanation_waits`.
    """
    lock_line(line)
    _suspended(line)
    owner, said = owner_of(line), last_explanation(line)
    if owner == by:
        return
    if owner != instead_of:
        raise conflict("line.taken", line=str(line))
    if said is not None and _waits(said):
        raise conflict("line.explanation_waits", line=str(line))
    place = LineTaking.objects.filter(line=line).count() + 1
    LineTaking.objects.create(line_id=line, place=place, person=by, at=clock.now())
    audit.record(actor=by, action="line.take", subject=f"line:{line}", instead_of=owner)


def explain_line(*, asked: contract.LineExplain, by: str) -> None:
    """The owner says what a line is. The same explanation again is the same; what does not fit is refused.

    Raises `line.unknown`, `line.explained`, `line.not_owner`, `line.explanation_wrong`, `line.explanation_waits`,
    `line.explanation_differs`, `line.gift_unknown`, `line.gift_not_waiting`, `line.sum_differs`,
    `line.currency_differs`, `payout.unknown`.
    """
    row = StatementLine.objects.filter(id=asked.line).first()
    if row is None:
        raise not_found("line.unknown", line=str(asked.line))
    meaning = _meaning(row, asked.order_number, asked.payout, asked.other)
    _ask_gateway(meaning)
    with transaction.atomic():
        _lock(asked.line, asked.other)
        if _said_before(asked, by):
            return
        _suspended(asked.line)
        check_owner(owner=owner_of(asked.line), by=by, line=asked.line)
        before = last_explanation(asked.line)
        if before is not None and _waits(before):
            raise conflict("line.explanation_waits", line=str(asked.line))
        _check_fits(row, meaning, asked.other)
        Explanation.objects.create(
            id=asked.explanation,
            line=row,
            place=before.place + 1 if before else 1,
            order_number=asked.order_number,
            payout=asked.payout,
            other_id=asked.other,
            person=by,
            at=clock.now(),
        )
        audit.record(
            actor=by,
            action="line.explain",
            subject=f"line:{asked.line}",
            kind=meaning.kind.value,
            explanation=str(asked.explanation),
        )


def answer_explanation(*, explanation: UUID, agree: bool, by: str) -> UUID:
    """Another person agrees, and the line leaves suspense and is booked as what it is; or it goes back to its owner.

    All of it or nothing. The line. Raises `line.no_explanation`, `line.same_person`, `line.answered`, `line.explained`
    and whatever `explain_line` refuses for what does not fit (any more), `line.does_not_fit`.
    """
    said = Explanation.objects.select_related("line").filter(id=explanation).first()
    if said is None:
        raise not_found("line.no_explanation", explanation=str(explanation))
    check_another(proposer=said.person, by=by, line=said.line_id)
    meaning = _meaning(said.line, said.order_number, said.payout, said.other_id)
    if agree:
        _ask_gateway(meaning)
    with transaction.atomic():
        _lock(said.line_id, said.other_id)
        before = ExplanationAnswer.objects.filter(explanation=said).first()
        if before is not None and (before.agree, before.person) == (agree, by):
            return said.line_id
        if before is not None:
            raise conflict("line.answered", explanation=str(explanation))
        _suspended(said.line_id)
        ExplanationAnswer.objects.create(explanation=said, agree=agree, person=by, at=clock.now())
        if agree:
            _check_fits(said.line, meaning, said.other_id)
            _book(said, meaning)
        audit.record(
            actor=by,
            action="line.explained" if agree else "line.put_back",
            subject=f"line:{said.line_id}",
            kind=meaning.kind.value,
            explanation=str(explanation),
        )
    return said.line_id


def _book(said: Explanation, meaning: Meaning) -> None:
    clear_suspense(said.line_id, explanation=said.id)
    if said.other_id is not None:
        clear_suspense(said.other_id, explanation=said.id)
        _note_explained(said, meaning, line=said.line_id, thing=said.other_id)
        _note_explained(said, meaning, line=said.other_id, thing=said.line_id)
        return
    thing = book_line(said.line, meaning)
    if thing is None:
        raise conflict("line.does_not_fit", line=str(said.line_id))
    _note_explained(said, meaning, line=said.line_id, thing=thing)


def _note_explained(said: Explanation, meaning: Meaning, *, line: UUID, thing: UUID) -> None:
    ExplainedLine.objects.create(line_id=line, explanation=said, kind=meaning.kind, thing=thing, at=clock.now())


def _meaning(row: StatementLine, order_number: int | None, payout: UUID | None, other: UUID | None) -> Meaning:
    return explained_as(amount_tiyn=row.amount_tiyn, order_number=order_number, payout=payout, other=other, line=row.id)


def _ask_gateway(meaning: Meaning) -> None:
    """Before the transaction: a gateway is never waited for under a lock."""
    if meaning.kind is Kind.SETTLEMENT:
        ask_gateway_first(meaning)


def _check_fits(row: StatementLine, meaning: Meaning, other: UUID | None) -> None:
    if meaning.kind in (Kind.SETTLEMENT, Kind.REFUND):
        _check_gift(row, meaning)
    elif meaning.payout is not None:
        check_currency(row.currency, CURRENCY)
        check_pays(line_tiyn=row.amount_tiyn, payout_tiyn=payout_view(meaning.payout).amount_tiyn)
    elif other is not None:
        cancelled = _suspended(other)
        check_currency(cancelled.currency, row.currency)
        check_cancels(line_tiyn=row.amount_tiyn, other_tiyn=cancelled.amount_tiyn)


def _check_gift(row: StatementLine, meaning: Meaning) -> None:
    """Money of the demo never stands in the fund's own bank account."""
    gift = gift_of_order(meaning.order_number)
    given = gift_view(gift) if gift is not None else None
    if given is None or given.gateway == DEMO:
        raise not_found("line.gift_unknown", order_number=meaning.order_number)
    check_currency(row.currency, given.currency)
    check_settles(line_tiyn=row.amount_tiyn, fee_tiyn=row.fee_tiyn, gift_tiyn=given.amount_tiyn)
    refund, settled = meaning.kind is Kind.REFUND, given.held_at is not None
    unpaid = given.received_at is None and given.gateway != BY_INVOICE
    if settled is not refund or unpaid:
        raise conflict("line.gift_not_waiting", order_number=meaning.order_number)


def _said_before(asked: contract.LineExplain, by: str) -> bool:
    row = Explanation.objects.filter(id=asked.explanation).first()
    if row is None:
        return False
    if (row.line_id, row.order_number, row.payout, row.other_id, row.person) != (
        asked.line, asked.order_number, asked.payout, asked.other, by,
    ):  # fmt: skip
        raise conflict("line.explanation_differs", explanation=str(asked.explanation))
    return True


def _waits(said: Explanation) -> bool:
    return getattr(said, "answer", None) is None


def _suspended(line: UUID) -> StatementLine:
    found = in_suspense(line)
    if found is None:
        if ExplainedLine.objects.filter(line=line).exists():
            raise conflict("line.explained", line=str(line))
        raise not_found("line.unknown", line=str(line))
    return found.line


def _lock(line: UUID, other: UUID | None) -> None:
    """Both lines of a pair, always in one order."""
    for one in sorted([line] if other is None else [line, other], key=str):
        lock_line(one)
