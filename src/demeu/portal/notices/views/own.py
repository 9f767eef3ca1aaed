"""A person's own pages: messages and settings. Every POST is a plain form and works without scripts.

POST /my/notices/: `do` = read (`message` or none for all) | yes | no (`message`).
POST /my/notices/settings/: `do` = save | mail | mail_code | device | forget_devices.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from demeu.contracts import vault
from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal, invalid
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.notices import asking, forms
from demeu.portal.notices.wording import CHANNELS, KIND_HINTS, KINDS, WAYS
from demeu.portal.ui.refusals import text_of

own = for_roles(Role.APPLICANT)
NOW = "notices:inbox"


def _render(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    answer = render(request, f"notices/{name}.html", {"cabinet_items": cabinet_items(NOW), **shown}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@own
def inbox(request: HttpRequest) -> HttpResponse:
    """My messages, newest first; `?before=` goes on to older ones."""
    actor = actor_of_request(request)
    if request.method == "POST":
        return _change(request, actor)
    try:
        found = asking.inbox(actor, _moment(request.GET.get("before", "")))
    except Refusal as refusal:
        if refusal.kind is not Kind.UNAVAILABLE:
            raise
        return _render(request, "inbox", status=503, away=True)
    lines = [_line(line) for line in found.lines]
    return _render(
        request, "inbox", lines=lines, unread=found.unread, older=found.lines[-1].at if found.older else None
    )


def _change(request: HttpRequest, actor: Actor) -> HttpResponse:
    do, message = request.POST.get("do", ""), request.POST.get("message", "")
    if do == "read":
        asking.read(actor, _uuid(message) if message else None)
    elif do in ("yes", "no"):
        asking.answer(actor, _uuid(message), "yes" if do == "yes" else "no")
        messages.success(request, _("Thank you, your answer is taken."))
    else:
        raise invalid("message.unknown")
    return redirect("notices:inbox")


def _line(line: vault.InboxLine) -> dict[str, Any]:
    return {
        "line": line,
        "kind": KINDS[line.kind],
        "urgent": line.kind is vault.MessageKind.EMERGENCY,
        "ways": [{"channel": CHANNELS[way.channel], "state": WAYS.get(way.state, way.state)} for way in line.ways],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@own
def settings(request: HttpRequest) -> HttpResponse:
    """Where and when I wish to be told."""
    actor = actor_of_request(request)
    try:
        known = asking.settings(actor)
    except Refusal as refusal:
        if refusal.kind is not Kind.UNAVAILABLE:
            raise
        return _render(request, "settings", status=503, away=True)
    if request.method != "POST":
        return _shown(request, known)
    do = DOINGS.get(request.POST.get("do", ""))
    if do is None:
        raise invalid("message.unknown")
    return do(request, actor, known)


def _shown(request: HttpRequest, known: vault.NoticeSettings, status: int = 200, **more: Any) -> HttpResponse:
    shown = {
        "known": known,
        "kinds": [_kind(choice) for choice in known.choices],
        "channels": CHANNELS.values(),
        "form": forms.settings_form(known),
        "mail_form": forms.MailForm(),
        "training_url": getattr(django_settings, "DEMEU_PUSH_TRAINING_URL", ""),
    }
    return _render(request, "settings", status=status, **(shown | more))


def _kind(choice: vault.KindChoice) -> dict[str, Any]:
    boxes = [
        {
            "value": f"{choice.kind.value}:{channel.value}",
            "label": CHANNELS[channel],
            "on": channel in choice.on or channel in choice.fixed,
            "fixed": channel in choice.fixed,
        }
        for channel in vault.Channel
    ]
    return {"name": KINDS[choice.kind], "hint": KIND_HINTS.get(choice.kind, ""), "boxes": boxes}


def _save(request: HttpRequest, actor: Actor, known: vault.NoticeSettings) -> HttpResponse:
    form = forms.SettingsForm(request.POST)
    if not form.is_valid():
        return _shown(request, known, 422, form=form)
    asking.save(actor, forms.choices_of(request.POST.getlist("on"), known), form.quiet(), form.digest())
    messages.success(request, _("Saved. From now on we tell you as you wish."))
    return redirect("notices:settings")


def _mail(request: HttpRequest, actor: Actor, known: vault.NoticeSettings) -> HttpResponse:
    form = forms.MailForm(request.POST)
    if form.is_valid():
        try:
            sent = asking.send_mail_code(actor, form.cleaned_data["address"])
        except Refusal as refusal:
            form.add_error("address", text_of(refusal))
        else:
            code_form = forms.MailCodeForm(initial={"code": sent.code})
            return _shown(request, asking.settings(actor), mail_form=form, code_form=code_form)
    return _shown(request, known, 422, mail_form=form)


def _mail_code(request: HttpRequest, actor: Actor, known: vault.NoticeSettings) -> HttpResponse:
    form = forms.MailCodeForm(request.POST)
    if form.is_valid():
        try:
            asking.check_mail_code(actor, form.cleaned_data["code"], form.cleaned_data["digits"])
        except Refusal as refusal:
            form.add_error("digits", text_of(refusal))
        else:
            messages.success(request, _("The address is confirmed. Letters come to it from now on."))
            return redirect("notices:settings")
    return _shown(request, known, 422, code_form=form)


def _device(request: HttpRequest, actor: Actor, known: vault.NoticeSettings) -> HttpResponse:
    form = forms.DeviceForm(request.POST)
    if not form.is_valid():
        raise invalid("push.key_invalid")
    asking.subscribe(actor, *_given(form, "endpoint", "p256dh", "auth"))
    messages.success(request, _("This browser will be told too."))
    return redirect("notices:settings")


def _forget(request: HttpRequest, actor: Actor, known: vault.NoticeSettings) -> HttpResponse:
    asking.forget_devices(actor)
    messages.success(request, _("No browser is told any more."))
    return redirect("notices:settings")


DOINGS: dict[str, Callable[[HttpRequest, Actor, vault.NoticeSettings], HttpResponse]] = {
    "save": _save,
    "mail": _mail,
    "mail_code": _mail_code,
    "device": _device,
    "forget_devices": _forget,
}


def _given(form: django_forms.Form, *names: str) -> list[str]:
    return [str(form.cleaned_data[name]) for name in names]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid("message.unknown") from None


def _moment(text: str) -> datetime | None:
    """A moment with its zone; anything else means the newest page."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and 1900 <= found.year < 3000 else None
