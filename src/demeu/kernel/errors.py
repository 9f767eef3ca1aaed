"""One family of refusals. A code is a stable word; its text is made at the edge in the reader's language.

Anything that is not a `Refusal` is a bug and is logged with an incident number.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The seven kinds of refusal, each with its HTTP status (RFC 9110)."""

    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    CONFLICT = "conflict"
    TOO_MANY = "too_many"
    TOO_LATE = "too_late"
    UNAVAILABLE = "unavailable"


STATUS: dict[Kind, int] = {
    Kind.NOT_FOUND: 404,
    Kind.FORBIDDEN: 403,
    Kind.INVALID: 422,
    Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429,
    Kind.TOO_LATE: 410,
    Kind.UNAVAILABLE: 503,
}

Fact = str | int | bool | None | list[str]


class Refusal(Exception):
    """The system says no. `code` is «noun.words»; `facts` may be shown and logged, so they hold nothing personal."""

    def __init__(self, kind: Kind, code: str, /, **facts: Fact) -> None:
        super().__init__(code)
        self.kind = kind
        self.code = code
        self.facts = facts

    @property
    def status(self) -> int:
        """The HTTP status of this kind."""
        return STATUS[self.kind]


class suppressed:  # noqa: N801 - read as a verb, like contextlib.suppress
    """A block that ends quietly at a refusal of one of these kinds; any other goes on its way."""

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = kinds

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> bool:
        return isinstance(error, Refusal) and error.kind in self.kinds


def not_found(code: str, /, **facts: Fact) -> Refusal:
    """There is no such thing, or not for you."""
    return Refusal(Kind.NOT_FOUND, code, **facts)


def forbidden(code: str, /, **facts: Fact) -> Refusal:
    """You may not."""
    return Refusal(Kind.FORBIDDEN, code, **facts)


def invalid(code: str, /, **facts: Fact) -> Refusal:
    """What was sent cannot be used."""
    return Refusal(Kind.INVALID, code, **facts)


def conflict(code: str, /, **facts: Fact) -> Refusal:
    """It contradicts what already is."""
    return Refusal(Kind.CONFLICT, code, **facts)


def too_many(code: str, /, **facts: Fact) -> Refusal:
    """Slow down."""
    return Refusal(Kind.TOO_MANY, code, **facts)


def too_late(code: str, /, **facts: Fact) -> Refusal:
    """The time for it has passed."""
    return Refusal(Kind.TOO_LATE, code, **facts)


def unavailable(code: str, /, **facts: Fact) -> Refusal:
    """Not now; trying again may help."""
    return Refusal(Kind.UNAVAILABLE, code, **facts)
