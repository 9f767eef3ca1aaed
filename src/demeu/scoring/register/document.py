"""The shapes of the register and of its test kit: what a machine reads. Texts are in Kazakh, Russian and English."""

from datetime import date
from typing import Literal

from pydantic import Field

from demeu.contracts.scoring import Category, HouseholdFacts, Level, PersonFacts
from demeu.kernel.operations import Message


class Texts(Message):
    """One text in three languages."""

    kk: str
    ru: str
    en: str


class Number(Message):
    """One number of the methodology. `value`: whole, a fraction as «1/4», or a name; `source`: an id of `sources`.

    `confirmed` false: our own reading of a gap; true: it stands in the source named, nothing more.
    """

    name: str
    value: int | str
    unit: str
    valid_from: date
    valid_until: date | None = Field(description="The last day; null while no end is known.")
    source: str
    confirmed: bool


class Fact(Message):
    """A field of `households` or `persons` that a rule reads."""

    name: str
    title: Texts


class Outcome(Message):
    """What a rule can come to: the reason that a family is told, and the points it gives."""

    name: str
    reason: Texts
    points: tuple[Number, ...]


class Rule(Message):
    """A criterion, or the rule of category 6. `text`: the program itself; `text_sha256`: of its tokens.

    `uses`: names of shared numbers; `reading`: in words, how we closed a gap of the published text.
    """

    code: str
    group: str
    title: Texts
    reads: tuple[Fact, ...]
    reading: Texts | None
    confirmed: bool
    outcomes: tuple[Outcome, ...]
    limits: tuple[Number, ...]
    uses: tuple[str, ...]
    text: str
    text_sha256: str


class LevelOf(Message):
    """A level, the total from which it holds (none for the lowest), and its category."""

    level: Level
    total: tuple[Number, ...]
    category: tuple[Number, ...]


class Period(Message):
    """Days of assessment, both included."""

    since: date
    until: date


class Change(Message):
    """One entry of the change log."""

    day: date
    change: Texts
    impacted_periods: tuple[Period, ...]
    impacted_categories: tuple[Category, ...]


class Source(Message):
    """Where numbers stand."""

    id: str
    title: Texts


class RuleSetEntry(Message):
    """A released rule set with all it holds. `sha256` covers its numbers and the texts of its rules."""

    id: str
    sha256: str
    default: bool
    released: date
    title: Texts
    sources: tuple[Source, ...]
    shared: tuple[Number, ...]
    criteria: tuple[Rule, ...]
    levels: tuple[LevelOf, ...]
    category_six: Rule
    changes: tuple[Change, ...]


class Gap(Message):
    """What was announced or is needed and is missing from the rules."""

    code: str
    title: Texts
    text: Texts


class Register(Message):
    """The public register of the algorithm."""

    document: Literal["demeu-algorithm-register-1"] = "demeu-algorithm-register-1"
    rule_sets: tuple[RuleSetEntry, ...]
    groups: dict[str, Texts]
    gaps: tuple[Gap, ...]


class Bounds(Message):
    """Fewest and most points that the missing answers allow; equal when the indicator is known."""

    low: int
    high: int


class Expected(Message):
    """What must come out. `points`: 0 where unknown; `six_possible`: missing answers could make the rule apply."""

    category: Category
    level: Level
    total: int
    points: dict[str, int]
    bounds: dict[str, Bounds]
    unknown: tuple[str, ...]
    complete: bool
    range_low: int
    range_high: int
    category_low: Category
    category_high: Category
    six_fired: bool
    six_possible: bool


class KitExample(Message):
    """One family: all its facts (null = not answered, sums in tiyn), the rules and day, and what must come out.

    `watches`: the criteria that the example is about.
    """

    name: str
    group: str
    rule_set: str
    on: date
    watches: tuple[str, ...]
    household: HouseholdFacts
    persons: tuple[PersonFacts, ...]
    expected: Expected


class Kit(Message):
    """Families with the points they must get, to test any implementation of the rules."""

    document: Literal["demeu-test-kit-1"] = "demeu-test-kit-1"
    rule_sets: dict[str, str] = Field(description="The sha256 of each rule set the examples are computed by.")
    examples: tuple[KitExample, ...]
