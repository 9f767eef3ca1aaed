"""Telling a person something, and what the person answered."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Event, Message, Operation


class MessageDeliver(Message):
    """Tell a person something by template, in the person's language, on the person's channel; `once` = dedupe key."""

    person: UUID
    template: str = Field(max_length=60)
    facts: dict[str, str] = {}
    once: str = Field(max_length=120)
    awaits_reply: str | None = None


class MessageDelivered(Message):
    """Accepted for delivery."""

    message: UUID


MESSAGE_DELIVER = Operation("messages.deliver", MessageDeliver, MessageDelivered)


class MessageReplied(Event):
    """A person answered a message that awaited a reply; `answer` is yes, no or unclear."""

    name: ClassVar[str] = "message.replied"
    message: UUID
    awaits: str
    answer: str
