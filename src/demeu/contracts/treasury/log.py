"""The transparency log."""

from typing import Literal

from pydantic import Field

from demeu.kernel.operations import Empty, Message, Operation


class LogAppend(Message):
    """A commitment (SHA-256, hex) to something that happened, without personal data."""

    kind: str = Field(max_length=40)
    commitment: str = Field(min_length=64, max_length=64)


class LogAppended(Message):
    """Its place in the log."""

    index: int


class LogCheck(Message):
    """The proof text of a receipt, as the donor holds it."""

    proof: str = Field(max_length=40_000)


class LogStep(Message):
    """One step of the check: `readable`, `signature`, `commitment`, `inclusion`; whether it holds."""

    name: Literal["readable", "signature", "commitment", "inclusion"]
    ok: bool


class LogChecked(Message):
    """The steps up to the first that fails; when all hold, where the record stands and the facts that it opens."""

    ok: bool
    steps: tuple[LogStep, ...]
    index: int | None = None
    size: int | None = None
    facts: dict[str, str] = {}


class LogHead(Message):
    """What a checker needs beside a receipt: the keys (vkeys) of the log and its witnesses, the newest checkpoint."""

    key: str
    witnesses: tuple[str, ...] = ()
    checkpoint: str = ""


LOG_APPEND = Operation("log.append", LogAppend, LogAppended)
LOG_CHECK = Operation("log.check", LogCheck, LogChecked, repeatable=True)
LOG_HEAD = Operation("log.head", Empty, LogHead, repeatable=True)
