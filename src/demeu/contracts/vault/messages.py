"""Telling a person something and what they answered; their inbox, their wishes, and proof that a message is ours."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Language
from demeu.kernel.operations import Empty, Event, Message, Operation


class MessageKind(StrEnum):
    """What a message is about; a person chooses channels by kind."""

    CODE = "code"
    QUESTION = "question"
    EMERGENCY = "emergency"
    APPLICATION = "application"
    VISIT = "visit"
    OWN_DATA = "own_data"
    GIFT = "gift"
    NEWS = "news"
    DIGEST = "digest"


class Channel(StrEnum):
    """A way to a person beside the cabinet, where every message stands anyway."""

    SMS = "sms"
    MAIL = "mail"
    PUSH = "push"


class MessageDeliver(Message):
    """Tell a person something by template, in the person's language, on the channels they chose; `once` = dedupe key.

    `awaits_reply`: what an answer is about, handed back in `message.replied`; the question then goes by SMS too.
    """

    person: UUID
    template: str = Field(max_length=60)
    facts: dict[str, str] = {}
    once: str = Field(max_length=120)
    awaits_reply: str | None = None


class MessageDelivered(Message):
    """Accepted for delivery."""

    message: UUID


class InboxQuestion(Message):
    """A page of one's own messages, newest first; `before` = messages older than that moment."""

    person: UUID
    before: datetime | None = None


class Way(Message):
    """How far a message got on one channel: waiting, handed_over, delivered, failed, given_up, dropped, in_digest."""

    channel: Channel
    state: str
    at: datetime | None = None


class InboxLine(Message):
    """One message as its reader sees it. `check` also stands in the SMS and the mail, so the two can be compared."""

    message: UUID
    at: datetime
    kind: MessageKind
    title: str
    text: str
    check: str
    read: bool
    awaits_answer: bool
    ways: tuple[Way, ...]


class Inbox(Message):
    """`unread` counts all messages, not this page's; `older` says that there are more."""

    lines: tuple[InboxLine, ...]
    unread: int
    older: bool


class MessageRead(Message):
    """One message of the person as read; without a message, all of them."""

    person: UUID
    message: UUID | None = None


class MessageAnswer(Message):
    """A question answered in the cabinet instead of by SMS."""

    person: UUID
    message: UUID
    answer: Literal["yes", "no"]


class Unread(Message):
    """How many messages of a person are not read."""

    unread: int


class KindChoice(Message):
    """The channels of one kind; `fixed` ones cannot be switched off."""

    kind: MessageKind
    on: tuple[Channel, ...]
    fixed: tuple[Channel, ...] = ()


class NoticeSettings(Message):
    """Where and when a person is told. Hours are whole hours of Almaty; equal hours mean no quiet time.

    `mail_state`: none, waiting (for its code) or confirmed. `push_key`: the public key to subscribe a browser with.
    """

    choices: tuple[KindChoice, ...]
    quiet_from: int
    quiet_until: int
    digest_hour: int | None
    masked_phone: str
    masked_mail: str
    mail_state: Literal["none", "waiting", "confirmed"]
    devices: int
    push_key: str


class NoticeSettingsSave(Message):
    """What the person wishes from now on."""

    person: UUID
    choices: tuple[KindChoice, ...] = Field(max_length=20)
    quiet_from: int = Field(ge=0, le=23)
    quiet_until: int = Field(ge=0, le=23)
    digest_hour: int | None = Field(default=None, ge=0, le=23)


class PushSubscribe(Message):
    """A browser that wishes to be told: its subscription as the Push API gives it (base64url without padding)."""

    person: UUID
    endpoint: str = Field(max_length=1000)
    p256dh: str = Field(min_length=80, max_length=100)
    auth: str = Field(min_length=16, max_length=40)


class Unsubscribe(Message):
    """The token of a mail's List-Unsubscribe; mails of that kind stop. It opens nothing else."""

    token: str = Field(max_length=100)


class Unsubscribed(Message):
    """What has been switched off."""

    kind: MessageKind


class MessageCheck(Message):
    """Is this message yours? `check` = the code in it; `reached` = last four digits of the phone, or the address."""

    check: str = Field(max_length=20)
    reached: str = Field(max_length=254)
    lang: Language = "ru"


class MessageChecked(Message):
    """`genuine` only when code and receiver belong together; then when it was sent and how it begins."""

    genuine: bool
    at: datetime | None = None
    kind: MessageKind | None = None
    title: str = ""


class ChannelFigure(Message):
    """One channel in the last seven days. `prompt_bp`: share handed over within 10 s, basis points; times in ms."""

    channel: Channel
    messages: int
    prompt_bp: int | None
    half_ms: int | None
    most_ms: int | None
    delivered: int
    not_delivered: int


class MessageFigures(Message):
    """What is published of our promptness; no person, phone or text stands in it."""

    since: datetime
    channels: tuple[ChannelFigure, ...]


class Measured(Message):
    """A text as an operator counts it."""

    lang: Language
    text: str
    chars: int
    alphabet: Literal["GSM-7", "UCS-2"]
    parts: int


class TemplateCard(Message):
    """A template with its texts at their longest; `parts_max` is what its author promised."""

    template: str
    kind: MessageKind
    parts_max: int
    texts: tuple[Measured, ...]


class TemplateCards(Message):
    """All templates."""

    templates: tuple[TemplateCard, ...]


class MeasureText(Message):
    """A text that somebody is writing."""

    lang: Language
    text: str = Field(max_length=2000)


MESSAGE_DELIVER = Operation("messages.deliver", MessageDeliver, MessageDelivered)
MESSAGE_INBOX = Operation("messages.inbox", InboxQuestion, Inbox, repeatable=True)
MESSAGE_UNREAD = Operation("messages.unread", PersonQuestion, Unread, repeatable=True)
MESSAGE_READ = Operation("messages.read", MessageRead, Empty)
MESSAGE_ANSWER = Operation("messages.answer", MessageAnswer, Empty)
MESSAGE_SETTINGS = Operation("messages.settings", PersonQuestion, NoticeSettings, repeatable=True)
MESSAGE_SETTINGS_SAVE = Operation("messages.save_settings", NoticeSettingsSave, Empty)
PUSH_SUBSCRIBE = Operation("messages.subscribe", PushSubscribe, Empty)
PUSH_FORGET = Operation("messages.forget_devices", PersonQuestion, Empty)
MESSAGE_UNSUBSCRIBE = Operation("messages.unsubscribe", Unsubscribe, Unsubscribed)
MESSAGE_CHECK = Operation("messages.check", MessageCheck, MessageChecked, repeatable=True)
MESSAGE_FIGURES = Operation("messages.figures", Empty, MessageFigures, repeatable=True)
MESSAGE_TEMPLATES = Operation("messages.templates", Empty, TemplateCards, repeatable=True)
MESSAGE_MEASURE = Operation("messages.measure", MeasureText, Measured, repeatable=True)


class MessageReplied(Event):
    """A person answered a message that awaited a reply; `answer` is yes, no or unclear."""

    name: ClassVar[str] = "message.replied"
    message: UUID
    awaits: str
    answer: str
