"""Lists of requests: a CSV is read whole, each fault is named by line, nothing is opened before confirmation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request, language
from demeu.portal.accounts.queries import workplace_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks import actions, queries
from demeu.portal.school_checks.reading import BYTES_MAX, ROWS_MAX, TEMPLATE, Fault, read_requests
from demeu.portal.school_checks.showing import fault_rows
from demeu.portal.school_checks.views.desk import frame, pedagogue
from demeu.portal.ui.refusals import text_of


@require_http_methods(["GET", "HEAD", "POST"])
@pedagogue
def upload(request: HttpRequest) -> HttpResponse:
    """`/desk/school-checks/upload/`: a CSV; with any fault nothing is kept of it."""
    actor = actor_of_request(request)
    faults: tuple[Fault, ...] = ()
    problem = ""
    if request.method == "POST":
        try:
            row, faults = _read(request, actor)
            if row is not None:
                return redirect("school_checks:list", request_list=row)
        except Refusal as refusal:
            problem = text_of(refusal)
    shown: dict[str, Any] = {
        **frame(actor),
        "list": new_id(),
        "faults": fault_rows(faults),
        "problem": problem,
        "rows_max": ROWS_MAX,
    }
    return render(request, "school_checks/upload.html", shown, status=422 if faults or problem else 200)


def _read(request: HttpRequest, actor: Actor) -> tuple[UUID | None, tuple[Fault, ...]]:
    file = request.FILES.get("file")
    assert actor.person is not None
    content = file.read(BYTES_MAX + 1) if file else b""
    place = workplace_of(actor.person, Role.SCHOOL_PEDAGOGUE)
    requests, faults = read_requests(content, on=clock.today(), taken=queries.taken_numbers(place))
    if faults:
        return None, faults
    try:
        identifier = UUID(request.POST.get("list", ""))
    except ValueError:
        raise invalid("school_check.unknown_list") from None
    kept = actions.keep_list(request_list=identifier, requests=requests, lang=language(), actor=actor)
    return kept.id, ()


@require_http_methods(["GET", "HEAD", "POST"])
@pedagogue
def confirm(request: HttpRequest, request_list: UUID) -> HttpResponse:
    """`/desk/school-checks/upload/<list>/`: how many requests were read; open them all, or drop the list."""
    actor = actor_of_request(request)
    row, problem = queries.own_list(request_list, actor), ""
    if request.method == "POST":
        try:
            return _decided(request, row.id, actor)
        except Refusal as refusal:
            problem = text_of(refusal)
    shown = {**frame(actor), "list": row, "numbers": [one["number"] for one in row.rows], "problem": problem}
    return render(request, "school_checks/list.html", shown, status=422 if problem else 200)


def _decided(request: HttpRequest, request_list: UUID, actor: Actor) -> HttpResponse:
    if request.POST.get("do") == "confirm":
        count = actions.confirm_list(request_list=request_list, actor=actor)
        said = ngettext("%(count)s check is opened.", "%(count)s checks are opened.", count) % {"count": count}
        messages.success(request, said)
    elif request.POST.get("do") == "drop":
        actions.drop_list(request_list=request_list, actor=actor)
        messages.info(request, _("The list is forgotten. Nothing was opened."))
    else:
        raise invalid("school_check.unknown_step")
    return redirect("school_checks:desk")


@require_safe
@pedagogue
def template(request: HttpRequest) -> HttpResponse:
    """`/desk/school-checks/template.csv`: the columns, and a line to write over."""
    response = HttpResponse("\ufeff" + TEMPLATE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="school-checks.csv"'
    return response
