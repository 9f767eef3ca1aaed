"""The policy of uses: what is in force, what is proposed.

POST /desk/data-policy/: `do`=add|remove with `proposal` (uuid made by the page), `consented_for`, `use`, `registry`,
`reason`; or `do`=approve with `proposal`.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Registry, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Empty
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.wording import REGISTRY_TEXTS
from demeu.portal.objections.wording import PURPOSES
from demeu.portal.ui.refusals import text_of

PAGE = "data_policy:policy"


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.MINISTRY)
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force, proposals that wait, and a form for one change."""
    actor, problem, status = actor_of_request(request), "", 200
    if request.method == "POST":
        try:
            _changed(request, actor)
            return redirect(PAGE)
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    shown = {
        "desk_items": desk_items(actor, PAGE),
        "desk_name": desk_name(actor),
        "problem": problem,
        "proposal": new_id(),
        "typed": request.POST,
        "purposes": [(code.value, PURPOSES[code.value], "") for code in Purpose],
        "registries": [(code.value, REGISTRY_TEXTS[code.value][0], "") for code in Registry],
        **_in_force(actor),
    }
    return render(request, "data_policy/policy.html", shown, status=status)


def _changed(request: HttpRequest, actor: Actor) -> None:
    do, proposal = request.POST.get("do", ""), _uuid(request.POST.get("proposal", ""))
    if do == "approve":
        body = vault.PolicyApprove(proposal=proposal)
        ask("vault", vault.POLICY_APPROVE, body, actor=actor.name, purpose=Purpose.ADMINISTRATION)
        messages.success(request, _("Both of you agree: it is in force."))
        return
    cell = _cell(request)
    present = ask("vault", vault.POLICY_SHOW, Empty(), actor=actor.name, purpose=Purpose.ADMINISTRATION)
    rest = tuple(one for one in present.cells if one != cell)
    cells = (*rest, cell) if do == "add" else rest
    body_ = vault.PolicyPropose(proposal=proposal, cells=cells, reason=request.POST.get("reason", "")[:400])
    ask("vault", vault.POLICY_PROPOSE, body_, actor=actor.name, purpose=Purpose.ADMINISTRATION)
    messages.success(
        request,
        _("Proposed. It is in force when a colleague approves it.") if do == "add" else _("Taken away, at once."),
    )


def _cell(request: HttpRequest) -> vault.PolicyCell:
    try:
        return vault.PolicyCell(
            consented_for=Purpose(request.POST.get("consented_for", "")),
            use=Purpose(request.POST.get("use", "")),
            registry=Registry(request.POST.get("registry", "")),
        )
    except ValueError:
        raise invalid("policy.unknown_cell") from None


def _in_force(actor: Actor) -> dict[str, Any]:
    """The version, its rows by consent and use, and the proposals in words."""
    found = ask("vault", vault.POLICY_SHOW, Empty(), actor=actor.name, purpose=Purpose.ADMINISTRATION)
    rows: dict[tuple[str, str], list[str]] = {}
    for cell in found.cells:
        rows.setdefault((cell.consented_for.value, cell.use.value), []).append(_registry(cell.registry))
    return {
        "version": found.version,
        "rows": [
            {"consented_for": PURPOSES[one], "use": PURPOSES[use], "registries": names}
            for (one, use), names in rows.items()
        ],
        "proposals": [
            {
                "proposal": one,
                "own": one.proposed_by == actor.name,
                "added": [_words(cell) for cell in one.added],
                "removed": [_words(cell) for cell in one.removed],
            }
            for one in found.proposals
        ],
    }


def _words(cell: vault.PolicyCell) -> str:
    return f"{PURPOSES[cell.consented_for.value]} → {PURPOSES[cell.use.value]}: {_registry(cell.registry)}"


def _registry(registry: Registry) -> str:
    return str(REGISTRY_TEXTS[registry.value][0])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid("policy.unknown_proposal") from None
