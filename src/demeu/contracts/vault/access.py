"""Who looked at a person's data."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from demeu.contracts.vault.people import PersonQuestion
from demeu.kernel.operations import Event, Message, Operation


class AccessLine(Message):
    """One reading of a person's data, as the person sees it: who, in which office, about which case, what and why."""

    record: int = 0
    at: datetime
    actor: str
    office: str = ""
    organization: str = ""
    about: str = ""
    operation: str
    purpose: str
    fields: tuple[str, ...]


class TrailQuestion(PersonQuestion):
    """A page of the trail: records older than `before`, or the newest."""

    before: int | None = Field(default=None, ge=1)


class AccessTrail(Message):
    """A page of who looked, newest first; `older` when there is more."""

    lines: tuple[AccessLine, ...]
    older: bool = False


ACCESS_TRAIL = Operation("access.trail", TrailQuestion, AccessTrail, repeatable=True)


class AccessHeadClosed(Event):
    """The access trail up to now is chained; its head goes into the transparency log."""

    name: ClassVar[str] = "access.head_closed"
    head_sha256: str
    size: int
