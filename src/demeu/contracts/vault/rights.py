"""A person's rights over their data: all of it as a file, and its erasure."""

from uuid import UUID

from demeu.contracts.vault.people import PersonQuestion
from demeu.kernel.operations import Message, Operation


class DataExport(Message):
    """Everything that is kept about the person, as JSON text: to be handed to them at once, never kept or logged."""

    json_text: str


class PersonErase(Message):
    """Erase what may be erased now. It cannot be taken back."""

    person: UUID


class PersonErased(Message):
    """How many rows of what were emptied or removed."""

    rows: dict[str, int]


DATA_EXPORT = Operation("rights.export", PersonQuestion, DataExport, repeatable=True)
PERSON_ERASE = Operation("rights.erase", PersonErase, PersonErased)
