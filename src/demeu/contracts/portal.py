"""What portal announces. Nobody asks portal: questions go down the line, news about cases stays here."""

from typing import ClassVar
from uuid import UUID

from demeu.kernel.operations import Event


class ApplicationChanged(Event):
    """An application moved to another state."""

    name: ClassVar[str] = "application.changed"
    application: UUID
    state: str


class CaseChanged(Event):
    """A case moved to another state (published, funded, completed …)."""

    name: ClassVar[str] = "case.changed"
    case: UUID
    state: str


class ItemChanged(Event):
    """An item of a wish list moved to another state."""

    name: ClassVar[str] = "item.changed"
    case: UUID
    item: UUID
    state: str
