"""Facts from registries, needs that they show, and the verdict of scoring."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.contracts.scoring import Assessment, Move
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel.operations import Event, Message, Operation


class GatherFacts(Message):
    """Ask every consented registry about the person's household; answers arrive in time, news by `facts.gathered`."""

    person: UUID
    subject: str = Field(max_length=120)
    consent: UUID
    purpose: Purpose


class Gathering(Message):
    """A gathering under way or done; `silent` registries have not answered."""

    gathering: UUID
    household: UUID
    state: str
    answered: tuple[Registry, ...] = ()
    silent: tuple[Registry, ...] = ()


class GatheringQuestion(Message):
    """One gathering."""

    gathering: UUID


class HouseholdQuestion(Message):
    """About one household under one consent."""

    household: UUID
    consent: UUID


class Fact(Message):
    """One frozen fact: where from, when, under which message. `member` is a label such as «child 1», never a name."""

    code: str
    member: str
    value: str
    source: Registry
    as_of: datetime
    message_id: str
    contradicts: bool = False


class Facts(Message):
    """Everything known about the household, for the person or the curator to see."""

    facts: tuple[Fact, ...]


class NeedFact(Message):
    """A fact that a wish may grow from, free of names: `code` from the need catalogue, how many, size or sum."""

    code: str
    count: int = 1
    amount_tiyn: int | None = None
    detail: str = ""
    source: Registry


class NeedFacts(Message):
    """Needs that the facts show, and attributes that the case card and the list of state services use."""

    needs: tuple[NeedFact, ...]
    groups: tuple[str, ...]
    subgroups: tuple[str, ...]
    attributes: tuple[str, ...]
    members: int
    children_ages: tuple[int, ...]
    region_kato: str
    district_kato: str
    income_per_member_tiyn: int | None


class Assessed(Message):
    """The verdict that vault stored with the facts it was made from."""

    assessment: UUID
    household: UUID
    made_at: datetime
    verdict: Assessment


class AssessmentQuestion(Message):
    """A stored verdict; reasons come in the reader's language when the rule set has it."""

    assessment: UUID
    lang: Language = "ru"


class AssessedChange(Message):
    """One fact of an assessment and what of it would move the category; `member` is a label such as «child 1»."""

    fact: str
    title: str
    member: str
    now: str | None
    moves: tuple[Move, ...]


class AssessmentChanges(Message):
    """What would change a stored verdict, fact by fact, by the rules and the facts of then."""

    assessment: UUID
    household: UUID
    category: int
    total: int
    complete: bool
    changes: tuple[AssessedChange, ...]


FACTS_GATHER = Operation("facts.gather", GatherFacts, Gathering)
FACTS_STATUS = Operation("facts.status", GatheringQuestion, Gathering, repeatable=True)
FACTS_SHOW = Operation("facts.show", HouseholdQuestion, Facts, repeatable=True)
FACTS_NEEDS = Operation("facts.needs", HouseholdQuestion, NeedFacts, repeatable=True)
ASSESS = Operation("households.assess", HouseholdQuestion, Assessed)
ASSESSMENT_SHOW = Operation("assessments.show", AssessmentQuestion, Assessed, repeatable=True)
ASSESSMENT_CHANGES = Operation("assessments.changes", AssessmentQuestion, AssessmentChanges, repeatable=True)


class FactsGathered(Event):
    """Registries have been asked; some may be silent."""

    name: ClassVar[str] = "facts.gathered"
    gathering: UUID
    subject: str
    household: UUID
    consent: UUID
    answered: tuple[Registry, ...]
    silent: tuple[Registry, ...]


class RuleSetReleased(Event):
    """Assessments may be made by this rule set from now on; its hash goes into the transparency log."""

    name: ClassVar[str] = "rule_set.released"
    rule_set: str
    rule_set_hash: str
    released: date
