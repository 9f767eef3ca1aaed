"""The curator writes the public text and sees it as the public will; the guard answers before anything is public."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, forbidden
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.anonymity.queries import override_of
from demeu.portal.anonymity.rules import COUNTRY
from demeu.portal.cases.queries import approved_unpublished
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.catalogue import publishing, wording
from demeu.portal.catalogue.cards import item_rows, words_in
from demeu.portal.catalogue.forms import PublicationForm
from demeu.portal.catalogue.publishing import Publication, TextRefused
from demeu.portal.catalogue.rules import TEXT_FIELDS
from demeu.portal.catalogue.suggestions import public_attributes, suggested
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.refusals import text_of
from demeu.portal.ui.regions import region_name
from demeu.portal.verification import asking
from demeu.portal.verification.desk import frame
from demeu.portal.wishes.queries import items_of
from demeu.portal.wishes.states import ASKED_OF_DONORS, ItemState

PLACE = "catalogue:publish-queue"


@require_safe
@for_roles(Role.CURATOR)
def queue(request: HttpRequest) -> HttpResponse:
    """`/desk/publish/`: approved cases that are not public yet."""
    actor = actor_of_request(request)
    return render(request, "catalogue/publish_queue.html", {"rows": _waiting(actor), **frame(actor, PLACE)})


def _waiting(actor: Actor) -> list[Any]:
    return [row for row in approved_unpublished() if _is_mine(actor, row)]


def _is_mine(actor: Actor, row: Any) -> bool:
    return row.application is not None and actor.sees_region(Role.CURATOR, row.application.region_kato)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.CURATOR)
def publish(request: HttpRequest, case: UUID) -> HttpResponse:
    """`/desk/publish/<case>/`: fields of `PublicationForm`.

    `do`=look checks and shows, `do`=publish publishes, `do`=propose with `reason` asks a second person.
    """
    actor, row = actor_of_request(request), case_by_id(case)
    if not _is_mine(actor, row):
        raise forbidden("case.other_region")
    items = [item for item in items_of(row.id) if item.state == ItemState.PROPOSED or item.state in ASKED_OF_DONORS]
    codes = [item.code for item in items]
    form = (
        PublicationForm(request.POST)
        if request.method == "POST"
        else PublicationForm(initial=_initial(actor, row, codes))
    )
    found: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        publication = _publication(form, row, codes)
        try:
            if request.POST.get("do") == "publish":
                seen = request.POST.get("seen", "")
                publishing.publish_case(case=row.id, publication=publication, actor=actor, seen=seen)
                messages.success(request, _("The case is public."))
                return redirect("catalogue:case", number=row.number)
            if request.POST.get("do") == "propose":
                publishing.ask_second(
                    case=row.id, publication=publication, reason=request.POST.get("reason", ""), actor=actor
                )
                messages.success(request, _("Asked. Another curator agrees or declines; nothing is public until then."))
            publishing.check_texts(publication.texts)
        except TextRefused as refused:
            found = _named(refused, form)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
    return _page(request, row, items, form, found)


def _publication(form: PublicationForm, row: Any, codes: list[str]) -> Publication:
    return Publication(
        texts={field: form.cleaned_data[field] for field in TEXT_FIELDS},
        age_band=form.cleaned_data["age_band"],
        household_type=form.cleaned_data["household_type"],
        attributes=public_attributes(row.attributes, codes),
    )


def _named(refused: TextRefused, form: PublicationForm) -> list[dict[str, Any]]:
    """Findings in words; each also stands at its field."""
    found = []
    for one in refused.found:
        kind = wording.FINDINGS[one.kind]
        text = _("Found %(kind)s: «%(words)s», character %(place)s.") % {
            "kind": kind,
            "words": one.words,
            "place": one.start + 1,
        }
        form.add_error(one.field, text)
        found.append({"kind": one.kind, "field": one.field, "text": f"{wording.FIELDS[one.field]}. {text}"})
    return found


def _initial(actor: Actor, row: Any, codes: list[str]) -> dict[str, str]:
    written = {field: getattr(row, field) for field in TEXT_FIELDS}
    if all(written.values()):
        return {**written, "age_band": row.age_band, "household_type": row.household_type}
    texts = suggested(row.group, row.attributes, codes, asking.needs_if_there(actor, row.application))
    proposal = override_of(row.id)
    if proposal is not None:
        texts |= {"age_band": proposal.age_band, "household_type": proposal.household_type}
    return texts


def _page(
    request: HttpRequest, row: Any, items: list[Any], form: PublicationForm, found: list[dict[str, Any]]
) -> HttpResponse:
    actor = actor_of_request(request)
    wanted = {name: form[name].value() or "" for name in (*TEXT_FIELDS, "age_band", "household_type")}
    shown = {
        "case": row,
        "form": form,
        "found": found,
        "public": row.state not in ("draft", "guarded"),
        "cell": _cell(row, wanted, [item.code for item in items]),
        "reason": request.POST.get("reason", ""),
        "seen": {"title": _seen(wanted, "title"), "story": _seen(wanted, "story")},
        "items": item_rows([item for item in items if item.state in ASKED_OF_DONORS], {}),
        "money": MoneyStates(goal_tiyn=sum(item.amount_tiyn for item in items)),
        "rows": _waiting(actor),
        **frame(actor, PLACE),
    }
    return render(request, "catalogue/publish.html", shown, status=422 if form.errors else 200)


def _seen(wanted: dict[str, str], part: str) -> str:
    return words_in(type("Texts", (), wanted), part)


def _cell(row: Any, wanted: dict[str, str], codes: list[str]) -> dict[str, Any]:
    """What the guard will show of the family, how many people it hides among, and what it left out."""
    attributes = public_attributes(row.attributes, codes)
    asked = Publication({}, wanted["age_band"], wanted["household_type"], attributes)
    waits = override_of(row.id)
    try:
        shown = publishing.preview(row, asked)
    except Refusal as refusal:
        return {"problem": text_of(refusal), "override": waits, "may_ask": waits is None}
    return {
        "place": shown.cell.place,
        "age": wording.AGES.get(shown.cell.age_band, _("not shown")),
        "household": wording.HOUSEHOLDS.get(shown.cell.household_type, _("not shown")),
        "people": shown.crowd.people,
        "needs": shown.crowd.needs,
        "mark": shown.mark,
        "agreed": shown.agreed,
        "changes": _changes(shown),
        "override": waits,
        "may_ask": shown.cell != shown.asked and (waits is None or waits.state == "agreed"),
    }


def _changes(shown: publishing.Preview) -> list[str]:
    """Line by line what is shown more generally than was asked."""
    asked, cell, lines = shown.asked, shown.cell, []
    if asked.place != cell.place:
        where = region_name(cell.place) if cell.place != COUNTRY else _("the whole country")
        lines.append(_("Place: %(place)s instead of the district") % {"place": where})
    if asked.age_band != cell.age_band:
        age = wording.AGES.get(cell.age_band, _("not shown"))
        lines.append(_("Age: %(shown)s instead of %(asked)s") % {"shown": age, "asked": wording.AGES[asked.age_band]})
    if asked.household_type != cell.household_type:
        lines.append(_("Household: not shown. See that the text does not tell it either."))
    if shown.left_out:
        lines.append(_("Signs that would tell the household are left out."))
    return lines
