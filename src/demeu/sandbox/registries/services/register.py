"""What every register is to ШЭП: names, schema, whose facts a request wants, and how it answers. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from demeu.sandbox.registries.household import Household, Resident
from demeu.sandbox.registries.organizations import Organization

Mutation = Callable[[etree._Element], None]


class Declined(Exception):
    """The register says no: a SyncChannel error code and a text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Question:
    """One request: its `data`, the moment, the population, and what КДП would answer instead of a grant."""

    data: etree._Element
    at: datetime
    household_of: Callable[[str], Household | None]
    hand_out_token: Callable[[str, str, int], tuple[str, str]]
    proof_holds: Callable[[str, bool], bool]
    forced_status: str = ""
    may_read: bool = True
    accesses: Callable[[str, datetime, datetime], list[tuple[datetime, str]]] = lambda _iin, _since, _until: []
    organization_of: Callable[[str], Organization | None] = lambda _bin: None

    def resident(self, iin: str) -> Resident | None:
        """The person, None when nobody has this IIN."""
        home = self.household_of(iin)
        return home.member(iin) if home else None


@dataclass(frozen=True)
class Register:
    """A register; `schema` is a file of `schemas/`, `people` reads the IINs a request is about.

    `escaped_request`: the root of the signed document that stands as a string in `data`; `own_faults` spoil an answer
    in ways that only this register knows.
    """

    service_id: str
    namespace: str
    schema: str
    request_type: str
    people: Callable[[etree._Element], list[str]]
    answer: Callable[[Question], etree._Element]
    needs_token: bool = True
    declines_by_answer: bool = False
    validates_answer: bool = True
    escaped_request: str = ""
    channel: str = "sync"
    own_faults: Mapping[str, Mutation] = field(default_factory=dict)
