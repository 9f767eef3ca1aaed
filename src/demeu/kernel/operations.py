"""What crosses the borders between services: operations (one question, one answer) and events. Pure, no Django."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Generic, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, model_validator

Request = TypeVar("Request", bound=BaseModel)
Response = TypeVar("Response", bound=BaseModel)


YEARS = range(1900, 3000)
OFFSET_MAX = timedelta(hours=14)


class Message(BaseModel):
    """Base of everything that crosses a border: frozen, nothing unknown is let through, and all of it can be stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _days_and_moments_are_text(cls, given: Any) -> Any:
        """A number is no day: read as seconds of 1970 it would pass for one."""
        if isinstance(given, dict):
            for name in _day_fields(cls):
                if isinstance(given.get(name), (int, float)):
                    raise ValueError(f"{name}: a day or moment is text")
        return given

    @model_validator(mode="after")
    def _can_be_stored(self) -> Self:
        """What PostgreSQL or JSON cannot hold is bad input here rather than a bug further in."""
        for value in self.__dict__.values():
            require_storable(value)
        return self


@cache
def _day_fields(message: type[BaseModel]) -> tuple[str, ...]:
    """Names of the fields that hold a day or a moment, or may."""
    fields = message.model_fields.items()
    return tuple(name for name, field in fields if {date, datetime} & {field.annotation, *get_args(field.annotation)})


def require_storable(value: Any) -> None:
    """Raises ValueError for NUL or half a surrogate pair in text, NaN, a moment without zone or outside 1900–2999."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text with NUL")
        value.encode()
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a finite number")
    elif isinstance(value, datetime):
        offset = value.utcoffset()
        if offset is None or abs(offset) > OFFSET_MAX or value.year not in YEARS:
            raise ValueError("not a moment of our time")
    elif isinstance(value, dict):
        for key, inner in value.items():
            require_storable(key)
            require_storable(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            require_storable(inner)


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
    `intake`: something new begins with it; refused while a disk is nearly full (`kernel/disk.py`).
    """

    name: str
    request: type[Request]
    response: type[Response]
    repeatable: bool = False
    keyed: bool = True
    intake: bool = False

    @property
    def stores_answer(self) -> bool:
        """Whether the server keeps the answer under the idempotency key."""
        return self.keyed and not self.repeatable
