"""Pages of the application: one question a page, consent with a signature or a code, a last look, sending."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from demeu.contracts.words import HOUSEHOLD_REGISTRIES, Role
from demeu.kernel.errors import Kind, Refusal, not_found
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.cases import actions, entrance, signing
from demeu.portal.cases.fact_words import fact_name
from demeu.portal.cases.forms import ChoiceForm, ConsentForm, ContactForm, OtherPersonForm, PlaceForm, WordsForm
from demeu.portal.cases.models import Application
from demeu.portal.cases.narrowing import choosable
from demeu.portal.cases.queries import answered, applications_of, first_unanswered, own_application
from demeu.portal.cases.questions import CODES, QUESTIONS, Question, after, before, question
from demeu.portal.cases.rules import ApplicationState
from demeu.portal.cases.wording import CHOICE_TEXTS, QUESTION_TEXTS, REGISTRY_TEXTS, left_out_text
from demeu.portal.ui.refusals import text_of
from demeu.portal.ui.regions import region_name

HELPERS = (Role.AKIMAT, Role.NGO_ADMIN, Role.CURATOR, Role.REPRESENTATIVE)
FIELD_OF = {"for_whom": "for_whom", "situation": "group", "urgency": "urgency"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def start(request: HttpRequest) -> HttpResponse:
    """Begin an application; a draft that is there is offered first."""
    person = actor_of_request(request).person
    assert person is not None
    if request.method == "POST":
        identifier = _uuid(request.POST.get("application", ""))
        row = actions.start_application(application=identifier, person=person, lang=language())
        return redirect("cases:question", application=row.id, code=first_unanswered(row) or "consent")
    drafts = applications_of(person).filter(state=ApplicationState.DRAFT)
    helper = actor_of_request(request).is_(*HELPERS)
    return render(request, "cases/start.html", {"application": new_id(), "drafts": drafts, "helper": helper})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*HELPERS)
def start_for_other(request: HttpRequest) -> HttpResponse:
    """An institution enters an application for a person, who agrees by a code from an SMS."""
    form = OtherPersonForm(request.POST or None, initial={"application": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            person = entrance.enter_person(request, form.cleaned_data)
            row = actions.start_application(
                application=form.cleaned_data["application"],
                person=person,
                lang=language(),
                entered_by=actor_of_request(request).person,
            )
            return redirect("cases:question", application=row.id, code=CODES[0])
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
    return render(request, "cases/other_person.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def question_page(request: HttpRequest, application: UUID, code: str) -> HttpResponse:
    """One question: shown with its answer, saved on POST."""
    row, asked = _own_draft(request, application), question(code)
    if asked is None:
        raise not_found("application.unknown")
    if request.method != "POST" and row.state != ApplicationState.DRAFT:
        return redirect("cabinets:application", application=row.id)
    form = _form(asked, row, request)
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, row, asked, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
            status = refusal.status if refusal.kind == Kind.UNAVAILABLE else 422
            return _shown(request, row, asked, form, status)
    return _shown(request, row, asked, form, 422 if form.errors else 200)


def _shown(request: HttpRequest, row: Application, asked: Question, form: forms.Form, status: int) -> HttpResponse:
    title, lead = QUESTION_TEXTS[asked.code]
    shown: dict[str, Any] = {
        "application": row,
        "question": asked,
        "form": form,
        "heading": title,
        "lead": lead,
        "step": CODES.index(asked.code) + 1,
        "of": len(QUESTIONS),
        "before": before(asked.code),
        "registries": _registries(row, form) if asked.kind == "consent" else (),
        "words_kept": asked.kind == "words" and "words" in answered(row),
        "for_other": actor_of_request(request).person != row.person,
    }
    return render(request, "cases/question.html", shown, status=status)


def _registries(row: Application, form: forms.Form) -> list[dict[str, Any]]:
    """Each registry with its fields, ticked unless they were left out here or before."""
    left = form.left_out() if isinstance(form, ConsentForm) and form.is_bound else row.left_out
    return [
        {
            "code": registry.value,
            "name": REGISTRY_TEXTS[registry.value][0],
            "what": REGISTRY_TEXTS[registry.value][1],
            "fields": [(code, fact_name(code), code not in left.get(registry.value, ())) for code in fields],
            "left_out": len(left.get(registry.value, ())),
        }
        for registry in HOUSEHOLD_REGISTRIES
        if (fields := choosable(registry))
    ]


def _form(asked: Question, row: Application, request: HttpRequest) -> forms.Form:
    posted = request.POST if request.method == "POST" else None
    if asked.kind == "choice":
        return ChoiceForm(asked, posted, initial={"answer": getattr(row, FIELD_OF[asked.code])})
    if asked.kind == "place":
        return PlaceForm(posted, initial={"region": row.region_kato[:2]})
    if asked.kind == "words":
        return WordsForm(posted)
    if asked.kind == "contact":
        return ContactForm(posted, initial={"lang": row.lang})
    return ConsentForm(posted)


def _save(request: HttpRequest, row: Application, asked: Question, cleaned: dict[str, Any]) -> HttpResponse:
    by = actor_of_request(request).name
    if asked.kind == "choice":
        actions.answer_codes(application=row.id, by=by, **{FIELD_OF[asked.code]: cleaned["answer"]})
    elif asked.kind == "place":
        actions.answer_codes(application=row.id, by=by, region_kato=f"{cleaned['region']}0000000")
    elif asked.kind == "words":
        actions.answer_words(application=row.id, question=asked.code, words=cleaned["words"], by=by)
    elif asked.kind == "contact":
        entrance.save_contact(request, row, cleaned["phone"], cleaned["lang"])
    elif cleaned["answer"] == "no":
        entrance.refuse_consent(request, row)
        return redirect("cases:check", application=row.id)
    else:
        actions.leave_out(application=row.id, left_out=cleaned["left_out"], by=by)
        return redirect("cases:consent-sign", application=row.id)
    return _onwards(row, asked.code)


def _onwards(row: Application, code: str) -> HttpResponse:
    following = after(code)
    if following is None:
        return redirect("cases:check", application=row.id)
    return redirect("cases:question", application=row.id, code=following)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def consent_sign(request: HttpRequest, application: UUID) -> HttpResponse:
    """The consent itself: signed with ЭЦП, or for an assistant confirmed by the person's code."""
    row, problem = _own_draft(request, application), ""
    if request.method == "POST":
        try:
            entrance.grant_consent(request, row)
            return redirect("cases:check", application=row.id)
        except (Refusal, KeyError, ValueError) as error:
            problem = text_of(error if isinstance(error, Refusal) else not_found("identity.unknown_attempt"))
    shown = {
        "application": row,
        "problem": problem,
        "left_out": left_out_text(row.left_out),
        **entrance.begin_consent(request, row),
    }
    return render(request, "cases/consent_sign.html", shown, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def check(request: HttpRequest, application: UUID) -> HttpResponse:
    """A last look at everything; sending, with a signature when the form brings one."""
    row, problem = own_application(application, actor_of_request(request)), ""
    if request.method == "POST":
        try:
            if "cms" in request.POST:
                signing.keep(request)
            actions.submit_application(application=row.id, by=actor_of_request(request).name)
            return redirect("cabinets:application", application=row.id)
        except Refusal as refusal:
            problem = text_of(refusal)
    rows = _answers(row)
    shown = {"application": row, "rows": rows, "problem": problem, "missing": first_unanswered(row)}
    shown["begun"] = None if shown["missing"] else signing.offer(request, row, rows)
    return render(request, "cases/check.html", shown, status=422 if problem else 200)


def _answers(row: Application) -> list[dict[str, Any]]:
    """What was answered, in words, each with the way back to its question."""
    done = answered(row)
    said = {
        "for_whom": CHOICE_TEXTS["for_whom"].get(row.for_whom, ("",))[0],
        "situation": CHOICE_TEXTS["situation"].get(row.group, ("",))[0],
        "place": region_name(row.region_kato) if row.region_kato else "",
        "urgency": CHOICE_TEXTS["urgency"].get(row.urgency, ("",))[0],
    }
    return [
        {
            "title": QUESTION_TEXTS[asked.code][0],
            "said": said.get(asked.code, ""),
            "done": asked.code in done,
            "href": reverse("cases:question", args=[row.id, asked.code]),
        }
        for asked in QUESTIONS
    ]


def _own_draft(request: HttpRequest, application: UUID) -> Application:
    return own_application(application, actor_of_request(request))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
