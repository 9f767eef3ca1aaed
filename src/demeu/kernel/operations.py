"""What crosses the borders between services: operations (one question, one answer) and events. Pure, no Django."""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

Request = TypeVar("Request", bound=BaseModel)
Response = TypeVar("Response", bound=BaseModel)


class Message(BaseModel):
    """Base of everything that crosses a border: frozen, and nothing unknown is let through."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Message):
    """Base of every event; `name` is a past tense («case.published») and stands in the topology."""

    name: ClassVar[str]


class Empty(Message):
    """Nothing to say."""


@dataclass(frozen=True)
class Operation(Generic[Request, Response]):
    """One named question with the shapes of its request and response.

    `repeatable`: reading only, may be asked again freely.
    `keyed`: runs once per idempotency key, in one transaction with the stored answer; a refusal leaves no trace.
    Neither: the handler itself guards against repetition (for instance a single-use nonce).
    """

    name: str
    request: type[Request]
    response: type[Response]
    repeatable: bool = False
    keyed: bool = True

    @property
    def stores_answer(self) -> bool:
        """Whether the server keeps the answer under the idempotency key."""
        return self.keyed and not self.repeatable
