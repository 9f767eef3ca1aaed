"""What a key looks like, what each kind of key may do, and how often. Pure.

`test`: tries everything, with gifts that cost nothing; `team`: reads, for people inside the partner; `live`: makes
gifts. A key is never kept: only its hash and its last four signs are.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from demeu.kernel.errors import Refusal, forbidden, invalid

WINDOW_S = 60
WORD_BYTES = 32
TAIL_LENGTH = 4
LABEL_LENGTH_MAX = 60
OPEN_KEYS_MAX = 20
KEY = re.compile(r"demeu_(test|team|live)_[A-Za-z0-9_-]{43}")


class KeyKind(StrEnum):
    """What a key is for."""

    TEST = "test"
    TEAM = "team"
    LIVE = "live"


class Scope(StrEnum):
    """What a key opens beyond the public data, which need none."""

    GIFTS_READ = "gifts:read"
    GIFTS_WRITE = "gifts:write"
    WEBHOOKS = "webhooks"


SCOPES: Mapping[KeyKind, frozenset[Scope]] = MappingProxyType(
    {
        KeyKind.TEST: frozenset(Scope),
        KeyKind.TEAM: frozenset({Scope.GIFTS_READ, Scope.WEBHOOKS}),
        KeyKind.LIVE: frozenset(Scope),
    }
)


@dataclass(frozen=True)
class Allowance:
    """How a caller stands in the present window: `limit` requests in `WINDOW_S`, `used` of them, seconds to the end."""

    limit: int
    used: int
    resets_s: int

    @property
    def left(self) -> int:
        """How many more requests are answered; never below zero."""
        return max(self.limit - self.used, 0)

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit


def new_word(kind: KeyKind) -> str:
    """A fresh key: 256 bits behind its kind."""
    return f"demeu_{kind}_{secrets.token_urlsafe(WORD_BYTES)}"


def digest_of(word: str) -> str:
    """What is kept of a key: SHA-256 in hex. The word has 256 bits of chance, so no slow hash is needed."""
    return hashlib.sha256(word.encode()).hexdigest()


def looks_like_key(word: str) -> bool:
    """Whether it is worth asking the database."""
    return KEY.fullmatch(word) is not None


def check_wanted(kind: str, scopes: Collection[str], label: str) -> tuple[KeyKind, frozenset[Scope]]:
    """Kind and scopes as words of ours: `key.unknown_kind`, `key.scope`, `key.label`."""
    if kind not in set(KeyKind):
        raise invalid("key.unknown_kind")
    chosen = KeyKind(kind)
    if not set(scopes) <= {str(scope) for scope in SCOPES[chosen]}:
        raise invalid("key.scope")
    if not label.strip() or len(label) > LABEL_LENGTH_MAX or "\0" in label:
        raise invalid("key.label", most=LABEL_LENGTH_MAX)
    return chosen, frozenset(Scope(scope) for scope in scopes)


def scope_missing(held: Collection[str], wanted: Scope) -> Refusal | None:
    """Why a key does not open something; None when it does."""
    return None if str(wanted) in held else forbidden("key.scope_missing", scope=str(wanted))


def real_money_refusal(kind: str, profile: str) -> Refusal | None:
    """A test key makes no gift where money is real."""
    return forbidden("key.test_only") if kind == KeyKind.TEST and profile == "production" else None


def window_of(at_s: float) -> tuple[int, int]:
    """Where the present window began (seconds since 1970) and how many seconds are left of it, at least one."""
    began = int(at_s) // WINDOW_S * WINDOW_S
    return began, max(began + WINDOW_S - int(at_s), 1)
