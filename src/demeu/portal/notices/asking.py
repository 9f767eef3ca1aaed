"""What notices ask of vault. Nothing of the answers is stored here; figures are kept for a minute in memory."""

from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

from django.core.cache import cache

from demeu.contracts import vault
from demeu.contracts.words import Language, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.kernel.operations import Empty
from demeu.portal.accounts.rules import GUEST, Actor

UNREAD_S_MAX = 0.4
READ_S_MAX = 3.0
FIGURES_S_MAX = 1.0
FIGURES_KEPT_S = 60
FIGURES_KEY = "notices.figures"


def _own(actor: Actor, operation: Any, body: Any, **more: Any) -> Any:
    return ask("vault", operation, body, actor=actor.name, purpose=Purpose.OWN_DATA, **more)


def _person(actor: Actor) -> UUID:
    assert actor.person is not None
    return actor.person


def inbox(actor: Actor, before: datetime | None) -> vault.Inbox:
    """A page of the person's messages."""
    question = vault.InboxQuestion(person=_person(actor), before=before)
    return cast(vault.Inbox, _own(actor, vault.MESSAGE_INBOX, question, deadline_s=READ_S_MAX))


def unread(actor: Actor) -> int:
    """How many are not read; 0 while vault is away: a page must not wait for a number."""
    if actor.person is None:
        return 0
    try:
        question = vault.PersonQuestion(person=actor.person)
        return int(_own(actor, vault.MESSAGE_UNREAD, question, deadline_s=UNREAD_S_MAX).unread)
    except Refusal:
        return 0


def read(actor: Actor, message: UUID | None) -> None:
    """One message, or all, as read."""
    _own(actor, vault.MESSAGE_READ, vault.MessageRead(person=_person(actor), message=message))


def answer(actor: Actor, message: UUID, said: Literal["yes", "no"]) -> None:
    """Answer a question here instead of by SMS."""
    _own(actor, vault.MESSAGE_ANSWER, vault.MessageAnswer(person=_person(actor), message=message, answer=said))


def settings(actor: Actor) -> vault.NoticeSettings:
    """Where and when the person is told."""
    question = vault.PersonQuestion(person=_person(actor))
    return cast(vault.NoticeSettings, _own(actor, vault.MESSAGE_SETTINGS, question, deadline_s=READ_S_MAX))


def save(
    actor: Actor,
    choices: tuple[vault.KindChoice, ...],
    quiet: tuple[int, int],
    digest_hour: int | None,
) -> None:
    """What the person wishes from now on."""
    wish = vault.NoticeSettingsSave(
        person=_person(actor), choices=choices, quiet_from=quiet[0], quiet_until=quiet[1], digest_hour=digest_hour
    )
    _own(actor, vault.MESSAGE_SETTINGS_SAVE, wish)


def send_mail_code(actor: Actor, address: str) -> vault.CodeSent:
    """Keep this address and send a code to it."""
    person = _person(actor)
    _own(actor, vault.CONTACT_SAVE, vault.ContactSave(person=person, email=address))
    return cast(vault.CodeSent, _own(actor, vault.CODE_SEND, vault.CodeSend(person=person, reason="confirm_mail")))


def check_mail_code(actor: Actor, code: UUID, digits: str) -> None:
    """The code as it was typed."""
    _own(actor, vault.CODE_CHECK, vault.CodeCheck(code=code, digits=digits))


def subscribe(actor: Actor, endpoint: str, p256dh: str, auth: str) -> None:
    """Tell this browser too."""
    wish = vault.PushSubscribe(person=_person(actor), endpoint=endpoint, p256dh=p256dh, auth=auth)
    _own(actor, vault.PUSH_SUBSCRIBE, wish)


def forget_devices(actor: Actor) -> None:
    """Tell no browser any more."""
    _own(actor, vault.PUSH_FORGET, vault.PersonQuestion(person=_person(actor)))


def stop(token: str) -> vault.MessageKind:
    """Stop mails of one kind, by the token of a mail."""
    body = vault.Unsubscribe(token=token)
    return ask("vault", vault.MESSAGE_UNSUBSCRIBE, body, actor=GUEST.name, purpose=Purpose.NOTICE).kind


def checked(check: str, reached: str, lang: Language) -> vault.MessageChecked:
    """Whether a message is ours."""
    body = vault.MessageCheck(check=check, reached=reached, lang=lang)
    return ask("vault", vault.MESSAGE_CHECK, body, actor=GUEST.name, purpose=Purpose.NOTICE)


def figures() -> vault.MessageFigures | None:
    """Promptness of the last days; None while vault is away."""
    found = cache.get(FIGURES_KEY)
    if found is None:
        try:
            found = ask(
                "vault", vault.MESSAGE_FIGURES, Empty(), actor=GUEST.name, purpose=Purpose.NOTICE,
                deadline_s=FIGURES_S_MAX,
            )  # fmt: skip
        except Refusal:
            return None
        cache.set(FIGURES_KEY, found, FIGURES_KEPT_S)
    return cast(vault.MessageFigures, found)


def templates(actor: Actor) -> tuple[vault.TemplateCard, ...]:
    """All templates with their texts at their longest."""
    return ask("vault", vault.MESSAGE_TEMPLATES, Empty(), actor=actor.name, purpose=Purpose.ADMINISTRATION).templates


def measured(actor: Actor, lang: Language, text: str) -> vault.Measured:
    """A text as an operator counts it."""
    body = vault.MeasureText(lang=lang, text=text)
    return ask("vault", vault.MESSAGE_MEASURE, body, actor=actor.name, purpose=Purpose.ADMINISTRATION)
