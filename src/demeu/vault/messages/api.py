"""Messages over the vault's API; each handler only translates. A person's messages are shown to that person only."""

from uuid import UUID

from demeu.contracts import vault
from demeu.contracts.words import Language
from demeu.kernel.errors import forbidden
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.access.entrance import note_call
from demeu.vault.messages import actions, push, queries, replies, rules, stopping, wording
from demeu.vault.messages.parts import measure
from demeu.vault.people import queries as people
from demeu.vault.people.rules import masked_phone


def serve(api: OperationApi) -> None:
    """Register the operations of messages."""
    api.serve(vault.MESSAGE_DELIVER)(message_deliver)
    api.serve(vault.MESSAGE_INBOX)(message_inbox)
    api.serve(vault.MESSAGE_UNREAD)(message_unread)
    api.serve(vault.MESSAGE_READ)(message_read)
    api.serve(vault.MESSAGE_ANSWER)(message_answer)
    api.serve(vault.MESSAGE_SETTINGS)(message_settings)
    api.serve(vault.MESSAGE_SETTINGS_SAVE)(message_settings_save)
    api.serve(vault.PUSH_SUBSCRIBE)(push_subscribe)
    api.serve(vault.PUSH_FORGET)(push_forget)
    api.serve(vault.MESSAGE_UNSUBSCRIBE)(message_unsubscribe)
    api.serve(vault.MESSAGE_CHECK)(message_check)
    api.serve(vault.MESSAGE_FIGURES)(message_figures)
    api.serve(vault.MESSAGE_TEMPLATES)(message_templates)
    api.serve(vault.MESSAGE_MEASURE)(message_measure)


def _require_own(call: Call, person: UUID) -> None:
    if call.actor != f"person:{person}":
        raise forbidden("message.not_yours")


def message_deliver(call: Call, body: vault.MessageDeliver) -> vault.MessageDelivered:
    """Tell a person something."""
    message = actions.deliver_message(
        person=body.person,
        template=body.template,
        facts=body.facts,
        once=body.once,
        awaits=body.awaits_reply,
        actor=call.actor,
    )
    return vault.MessageDelivered(message=message)


def message_inbox(call: Call, body: vault.InboxQuestion) -> vault.Inbox:
    """A page of the person's own messages."""
    _require_own(call, body.person)
    lines = queries.inbox(body.person, body.before, queries.PAGE + 1)
    note_call(call, vault.MESSAGE_INBOX.name, body.person, "messages")
    shown = tuple(_line(line) for line in lines[: queries.PAGE])
    return vault.Inbox(lines=shown, unread=queries.unread(body.person), older=len(lines) > queries.PAGE)


def _line(line: queries.Line) -> vault.InboxLine:
    row = line.row
    return vault.InboxLine(
        message=row.id,
        at=row.created_at,
        kind=vault.MessageKind(row.kind),
        title=line.title,
        text=line.text,
        check=rules.shown_check(row.check_code or ""),
        read=row.read_at is not None,
        awaits_answer=row.awaits is not None and row.answered_at is None,
        ways=tuple(
            vault.Way(channel=vault.Channel(way.channel), state=way.state, at=way.settled_at or way.handed_at)
            for way in line.ways
        ),
    )


def message_unread(call: Call, body: vault.PersonQuestion) -> vault.Unread:
    """How many are not read."""
    _require_own(call, body.person)
    return vault.Unread(unread=queries.unread(body.person))


def message_read(call: Call, body: vault.MessageRead) -> Empty:
    """Mark as read."""
    _require_own(call, body.person)
    actions.mark_read(person=body.person, message=body.message)
    return Empty()


def message_answer(call: Call, body: vault.MessageAnswer) -> Empty:
    """Answer a question in the cabinet."""
    _require_own(call, body.person)
    replies.answer_in_cabinet(person=body.person, message=body.message, answer=body.answer)
    return Empty()


def message_settings(call: Call, body: vault.PersonQuestion) -> vault.NoticeSettings:
    """Where and when the person is told."""
    _require_own(call, body.person)
    contact, hours = people.person_contact(body.person), queries.hours_of(body.person)
    confirmed = queries.mail_confirmed(body.person, contact.email)
    return vault.NoticeSettings(
        choices=tuple(_choice(body.person, kind) for kind in rules.CHOSEN),
        quiet_from=hours.quiet_from,
        quiet_until=hours.quiet_until,
        digest_hour=hours.digest,
        masked_phone=masked_phone(contact.phone),
        masked_mail=rules.masked_mail(contact.email),
        mail_state="confirmed" if confirmed else "waiting" if contact.email else "none",
        devices=len(queries.devices_of(body.person)),
        push_key=push.public_key(),
    )


def _choice(person: UUID, kind: vault.MessageKind) -> vault.KindChoice:
    off = queries.switched_off(person, kind)
    on = tuple(channel for channel in vault.Channel if channel.value not in off)
    return vault.KindChoice(kind=kind, on=on, fixed=rules.fixed_channels(kind))


def message_settings_save(call: Call, body: vault.NoticeSettingsSave) -> Empty:
    """Keep the person's wishes."""
    _require_own(call, body.person)
    actions.save_settings(
        person=body.person,
        choices={choice.kind: choice.on for choice in body.choices},
        hours=rules.Hours(body.quiet_from, body.quiet_until, body.digest_hour),
        actor=call.actor,
    )
    return Empty()


def push_subscribe(call: Call, body: vault.PushSubscribe) -> Empty:
    """Tell this browser too."""
    _require_own(call, body.person)
    actions.subscribe(wish=body, actor=call.actor)
    return Empty()


def push_forget(call: Call, body: vault.PersonQuestion) -> Empty:
    """Tell no browser any more."""
    _require_own(call, body.person)
    actions.forget_devices(person=body.person, actor=call.actor)
    return Empty()


def message_unsubscribe(call: Call, body: vault.Unsubscribe) -> vault.Unsubscribed:
    """Stop mails of one kind, by the token of a mail."""
    return vault.Unsubscribed(kind=stopping.stop(token=body.token))


def message_check(call: Call, body: vault.MessageCheck) -> vault.MessageChecked:
    """Whether a message is ours."""
    row = queries.by_check(body.check, body.reached)
    template = wording.TEMPLATES.get(row.template) if row else None
    if row is None or template is None:
        return vault.MessageChecked(genuine=False)
    return vault.MessageChecked(
        genuine=True, at=row.created_at, kind=vault.MessageKind(row.kind), title=template.title[body.lang]
    )


def message_figures(call: Call, body: Empty) -> vault.MessageFigures:
    """Promptness of the last seven days."""
    since, found = queries.figures()
    return vault.MessageFigures(
        since=since,
        channels=tuple(
            vault.ChannelFigure(
                channel=one.channel,
                messages=one.messages,
                prompt_bp=one.prompt * 10_000 // one.messages if one.messages else None,
                half_ms=None if one.half_s is None else round(one.half_s * 1000),
                most_ms=None if one.most_s is None else round(one.most_s * 1000),
                delivered=one.delivered,
                not_delivered=one.not_delivered,
            )
            for one in found
        ),
    )


def message_templates(call: Call, body: Empty) -> vault.TemplateCards:
    """Every template with its texts at their longest."""
    return vault.TemplateCards(
        templates=tuple(
            vault.TemplateCard(
                template=one.name,
                kind=one.kind,
                parts_max=one.parts_max,
                texts=tuple(_measured(lang, wording.longest(one, lang)) for lang in wording.LANGUAGES),
            )
            for one in wording.TEMPLATES.values()
        )
    )


def message_measure(call: Call, body: vault.MeasureText) -> vault.Measured:
    """A text as an operator counts it, with the check code that will be added."""
    text = wording.with_check(body.text, body.lang, wording.CHECK_EXAMPLE)
    return _measured(body.lang, text)


def _measured(lang: Language, text: str) -> vault.Measured:
    found = measure(text)
    return vault.Measured(lang=lang, text=text, chars=found.signs, alphabet=found.alphabet, parts=found.parts)
