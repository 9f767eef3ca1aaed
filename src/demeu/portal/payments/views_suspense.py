"""The desk of lines that nobody could explain: an officer takes one and says what it is, another one agrees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts import treasury
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments.desk import away, page, say
from demeu.portal.payments.wording import APPROVAL_ROLES, LINE_KINDS, LINE_PROBLEMS
from demeu.portal.ui.refusals import text_of

NOW = "payments:monitoring"
OFFICERS = (Role.FINANCE_APPROVER, Role.FUND_STAFF)
FIELDS = {"gift": "order_number", "payout": "payout", "line": "other"}
ORDER_DIGITS_MAX = 15
Typed = dict[str, str]


@require_safe
@for_roles(*OFFICERS, Role.AUDITOR)
def suspense(request: HttpRequest) -> HttpResponse:
    """Lines of the bank that nobody could explain, who has each, what was said; then those explained last."""
    return _desk(request)


@require_POST
@for_roles(*OFFICERS)
def take(request: HttpRequest, line: UUID) -> HttpResponse:
    """Posted with `instead_of`: who had the line when the page was made."""
    body = treasury.LineTake(line=line, instead_of=request.POST.get("instead_of", "")[:60])
    say(request, treasury.LINE_TAKE, body)
    return redirect("payments:suspense")


@require_POST
@for_roles(*OFFICERS)
def explain(request: HttpRequest, line: UUID) -> HttpResponse:
    """Posted with `explanation`, `what` (gift, payout, line) and the field of that; nothing typed is lost."""
    typed = {name: request.POST.get(name, "").strip()[:60] for name in ("explanation", "what", *FIELDS.values())}
    body = _explanation(line, typed)
    if body is None:
        problem = LINE_PROBLEMS.get(typed["what"], LINE_PROBLEMS["what"])
        return _desk(request, line=line, typed={**typed, "problem": str(problem)}, status=422)
    actor = actor_of_request(request)
    try:
        ask("treasury", treasury.LINE_EXPLAIN, body, actor=actor.name, purpose=Purpose.PAYOUT)
    except Refusal as refusal:
        again = {**typed, "explanation": str(new_id())} if refusal.kind != Kind.UNAVAILABLE else typed
        return _desk(request, line=line, typed={**again, "problem": text_of(refusal)}, status=refusal.status)
    messages.success(request, gettext("Said. Another person agrees or puts it back."))
    return redirect("payments:suspense")


@require_POST
@for_roles(*OFFICERS)
def answer(request: HttpRequest, explanation: UUID) -> HttpResponse:
    """Posted with `agree` (1 or 0)."""
    if request.POST.get("agree") in ("0", "1"):
        body = treasury.LineAnswer(explanation=explanation, agree=request.POST["agree"] == "1")
        say(request, treasury.LINE_ANSWER, body)
    return redirect("payments:suspense")


def _explanation(line: UUID, typed: Typed) -> treasury.LineExplain | None:
    """What was typed as a question to treasury; None when the field of the chosen kind does not hold."""
    value = typed.get(FIELDS.get(typed["what"], ""), "")
    try:
        explanation = UUID(typed["explanation"])
        if typed["what"] == "gift":
            if not (value.isascii() and value.isdigit() and len(value) <= ORDER_DIGITS_MAX and int(value)):
                return None
            return treasury.LineExplain(explanation=explanation, line=line, order_number=int(value))
        if typed["what"] == "payout":
            return treasury.LineExplain(explanation=explanation, line=line, payout=UUID(value))
        return treasury.LineExplain(explanation=explanation, line=line, other=UUID(value))
    except ValueError:
        return None


def _desk(
    request: HttpRequest, *, line: UUID | None = None, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of_request(request)
    try:
        found = ask("treasury", treasury.SUSPENSE_LIST, Empty(), actor=actor.name, purpose=Purpose.PAYOUT)
    except Refusal as refusal:
        return away(request, refusal, "suspense", NOW, kept=typed, kept_line=line)
    names = {one.line: one.entry_ref for one in (*found.explained, *found.lines)}
    rows = [_row(one, found.lines, names, actor.name) for one in found.lines]
    for row in rows:
        row["form"] = typed if typed and row["line"].line == line else {"explanation": str(new_id())}
    shown = {
        "rows": rows,
        "ended": [_row(one, (), names, actor.name) for one in found.explained],
        "total_tiyn": sum(one.amount_tiyn for one in found.lines),
        "may_act": actor.is_(*OFFICERS),
        "lost": typed["problem"] if typed and line not in {one.line for one in found.lines} else "",
    }
    return page(request, "suspense", NOW, status, **shown)


def _row(
    line: treasury.SuspenseLine, lines: tuple[treasury.SuspenseLine, ...], names: dict[UUID, str], actor: str
) -> dict[str, Any]:
    said = line.explanation
    return {
        "line": line,
        "owner": APPROVAL_ROLES.get(line.owner.removeprefix("role:"), line.owner),
        "mine": line.taken_by == actor,
        "said": said if said and (said.agreed is None or line.explained_as) else None,
        "put_back": said is not None and said.agreed is False,
        "own_word": said is not None and said.by == actor,
        "other": names.get(said.other, str(said.other)) if said and said.other else "",
        "kind": LINE_KINDS.get(line.explained_as, ""),
        "opposite": [one for one in lines if one.amount_tiyn == -line.amount_tiyn and one.currency == line.currency],
    }
