"""What scoring is asked and what it answers: facts of one household in, category with every reason out.

No names, identity numbers or addresses cross this border; a household and its members are random references.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictFloat, StrictInt, model_validator

from demeu.kernel.operations import Empty, Message, Operation, require_storable

INT64_MAX = 2**63 - 1


class SettlementClass(StrEnum):
    """Status of the settlement the household is registered in."""

    REPUBLIC_CITY = "republic_city"
    REGION_CITY = "region_city"
    DISTRICT = "district"
    RURAL_OKRUG = "rural_okrug"
    RURAL_SETTLEMENT = "rural_settlement"
    UNREGISTERED = "unregistered"


def _only_iso(value: Any) -> Any:
    """A day is a `date` or the text YYYY-MM-DD; numbers and timestamps are not days."""
    if type(value) is date or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)):
        return value
    raise ValueError("a date is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_only_iso)]
Int64 = Annotated[StrictInt, Field(ge=-INT64_MAX - 1, le=INT64_MAX)]
Reference = Annotated[str, Field(min_length=1, max_length=64)]
Language = Literal["kk", "ru", "en"]
Category = Annotated[int, Field(ge=1, le=6)]
Level = Literal["A", "B", "C", "D", "E"]


class HouseholdFacts(Message):
    """One row of `households`. None = asked and not answered; sums in tiyn, area in m²."""

    household_id: Reference
    kato: str | None = None
    settlement_class: str | None = Field(default=None, json_schema_extra={"enum": [*SettlementClass, None]})
    housing_units: Int64 | None = None
    housing_area_m2: StrictFloat | None = None
    commercial_property_units: Int64 | None = None
    land_plots: Int64 | None = None
    smallholding_value_tiyn: Int64 | None = None
    passenger_cars: Int64 | None = None
    commercial_vehicles: Int64 | None = None
    machinery_kinds: Int64 | None = None

    @model_validator(mode="after")
    def _can_be_stored(self) -> Self:
        """As everywhere, but an area that is not a number is scoring's to reject, by its contract."""
        for name, fact in self.__dict__.items():
            if name != "housing_area_m2":
                require_storable(fact)
        return self


class PersonFacts(Message):
    """One row of `persons`. None = asked and not answered; what cannot apply is False or 0, not None."""

    person_id: Reference
    household_id: Reference
    birth_date: Day
    income_monthly_tiyn: Int64 | None = None
    able_bodied: StrictBool | None = None
    working: StrictBool | None = None
    sole_proprietor: StrictBool | None = None
    founder: StrictBool | None = None
    student: StrictBool | None = None
    disability_group: Int64 | None = None
    disability_childhood: StrictBool | None = None
    clinic_attached: StrictBool | None = None
    insured: StrictBool | None = None
    chronic: StrictBool | None = None
    dispensary: StrictBool | None = None
    preschool_enrolled: StrictBool | None = None
    school_enrolled: StrictBool | None = None
    has_credit: StrictBool | None = None
    overdue_days: Int64 | None = None
    overdue_tiyn: Int64 | None = None


class AssessRequest(Message):
    """One household to assess. `rules`: a rule-set id, None = the default; `on`: assessment date, None = today."""

    household: HouseholdFacts
    persons: tuple[PersonFacts, ...]
    rules: str | None = None
    on: Day | None = None
    lang: Language = "ru"


class Indicator(Message):
    """One of the 23. `points` is 0 while unknown; `low` and `high` are the bounds over all possible answers."""

    code: str
    title: str
    group: str
    points: int
    low: int
    high: int
    value: str | None
    reason: str
    source: str
    confirmed: bool


class CategorySix(Message):
    """The rule that stands above the levels: fired only when certain, `possible` while facts are missing."""

    fired: bool
    possible: bool
    reason: str
    source: str
    confirmed: bool


class Rejected(Message):
    """A row that was not accepted, as in `rejected.parquet`: table, id, household, field and a reason code."""

    table: Literal["households", "persons"]
    id: str
    household_id: str
    field: str
    reason: str


class Assessment(Message):
    """The answer. With `complete` false the category is provisional and stands between `category_low` and `_high`."""

    category: Category
    total: int
    level: Level
    indicators: tuple[Indicator, ...]
    category_six: CategorySix
    unknown: tuple[str, ...]
    complete: bool
    range_low: int
    range_high: int
    category_low: Category
    category_high: Category
    rule_set: str
    rule_set_hash: str
    on: date
    rejected: tuple[Rejected, ...] = ()


class Decided(Message):
    """What a decision was made of: facts, rule set with its hash, assessment date, language of the reasons."""

    document: Literal["demeu-decision-1"] = "demeu-decision-1"
    rule_set: str
    rule_set_hash: str
    on: Day
    lang: Language
    household: HouseholdFacts
    persons: tuple[PersonFacts, ...]


class Decision(Decided):
    """A decision as it is stored: with its result, so that anyone can recompute and compare it years later."""

    result: Assessment


class Move(Message):
    """An answer with which the category would be another one. `support`: whether the family would get more or less.

    `needed` is the answer in words; `value` as it stands in the facts (a day as YYYY-MM-DD). `bound`: from this answer
    on, up to it, or this very answer.
    """

    needed: str
    value: bool | int | float | str
    bound: Literal["at_least", "at_most", "exactly"]
    category: Category
    total: int
    support: Literal["more", "less"]


class FactChange(Message):
    """One fact and the nearest single changes of it that move the category; none: this fact alone cannot move it.

    `person_id`: None for a fact of the household; `now`: None when it was not answered; `read_by`: codes of criteria.
    """

    fact: str
    title: str
    person_id: str | None
    now: str | None
    read_by: tuple[str, ...]
    moves: tuple[Move, ...]


class Changes(Message):
    """What would change the category, fact by fact; those that can, first, by how few points it takes."""

    category: Category
    total: int
    complete: bool
    changes: tuple[FactChange, ...]
    rule_set: str
    rule_set_hash: str
    on: date


class RuleSetSummary(Message):
    """A released set of rules. `hash` is the sha256 of its canonical content, in hexadecimal."""

    id: str
    hash: str
    title: str
    default: bool
    released: date


class RuleSets(Message):
    """Every rule set this service can assess by."""

    rule_sets: tuple[RuleSetSummary, ...]


ASSESS = Operation("score.assess", AssessRequest, Assessment, repeatable=True)
CHANGES = Operation("score.changes", AssessRequest, Changes, repeatable=True)
RULES = Operation("score.rules", Empty, RuleSets, repeatable=True)
