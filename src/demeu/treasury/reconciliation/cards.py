"""Lines in suspense as the desk shows them: who has taken each, what was said about it. No text of the bank's."""

from collections.abc import Sequence
from uuid import UUID

from demeu.contracts import treasury as contract
from demeu.kernel.errors import not_found
from demeu.treasury.reconciliation.models import ExplainedLine, Explanation, LineMatch, LineTaking
from demeu.treasury.reconciliation.queries import unmatched_lines

EXPLAINED_SHOWN = 50


def suspense_cards() -> tuple[contract.SuspenseLine, ...]:
    """Lines that nobody could explain, oldest first."""
    return tuple(_cards(unmatched_lines()))


def suspense_card(line: UUID) -> contract.SuspenseLine:
    """One line that is or was in suspense; raises `line.unknown`."""
    match = LineMatch.objects.filter(line=line, kind="unmatched").select_related("line").first()
    if match is None:
        raise not_found("line.unknown", line=str(line))
    return _cards([match])[0]


def explained_cards() -> tuple[contract.SuspenseLine, ...]:
    """Lines that two people explained, newest first."""
    rows = ExplainedLine.objects.order_by("-at", "line_id")[:EXPLAINED_SHOWN]
    order = {row.line_id: at for at, row in enumerate(rows)}
    found = LineMatch.objects.filter(line__in=order).select_related("line")
    return tuple(_cards(sorted(found, key=lambda match: order[match.line_id])))


def owner_of(line: UUID) -> str:
    """Who took a line last; empty while nobody did."""
    return LineTaking.objects.filter(line=line).order_by("-place").values_list("person", flat=True).first() or ""


def last_explanation(line: UUID) -> Explanation | None:
    """What was said last about a line, with its answer."""
    return Explanation.objects.filter(line=line).select_related("answer").order_by("-place").first()


def _cards(matches: Sequence[LineMatch]) -> list[contract.SuspenseLine]:
    lines = [match.line_id for match in matches]
    owners = dict(LineTaking.objects.filter(line__in=lines).order_by("place").values_list("line", "person"))
    said = {row.line_id: row for row in Explanation.objects.filter(line__in=lines).order_by("place")}
    ended = {row.line_id: row for row in ExplainedLine.objects.filter(line__in=lines).select_related("explanation")}
    return [_card(match, owners.get(match.line_id, ""), said, ended) for match in matches]


def _card(
    match: LineMatch, taken_by: str, said: dict[UUID, Explanation], ended: dict[UUID, ExplainedLine]
) -> contract.SuspenseLine:
    end = ended.get(match.line_id)
    row = end.explanation if end else said.get(match.line_id)
    return contract.SuspenseLine(
        line=match.line_id,
        entry_ref=match.line.entry_ref,
        amount_tiyn=match.line.amount_tiyn,
        fee_tiyn=match.line.fee_tiyn,
        currency=match.line.currency,
        booked_at=match.line.booked_at,
        owner=match.owner,
        taken_by=taken_by,
        explanation=_explanation(row) if row else None,
        explained_as=end.kind if end else "",
        explained_at=end.at if end else None,
    )


def _explanation(row: Explanation) -> contract.LineExplanation:
    answer = getattr(row, "answer", None)
    return contract.LineExplanation(
        explanation=row.id,
        order_number=row.order_number,
        payout=row.payout,
        other=row.other_id,
        by=row.person,
        at=row.at,
        agreed=None if answer is None else answer.agree,
    )
