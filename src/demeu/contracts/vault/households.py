"""Facts from registries, needs that they show, and the verdict of scoring."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.contracts.scoring import Assessment, Move
from demeu.contracts.vault.people import PersonQuestion
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
    """One frozen fact: where from, when, under which message. `member` is a label such as «child 1», never a name.

    `stale`: the registry is silent now, or the fact is past its time; it is shown, and nothing is counted from it.
    `contested`: the family says that it is wrong and no human has decided yet.
    """

    code: str
    member: str
    value: str
    source: Registry
    as_of: datetime
    message_id: str
    contradicts: bool = False
    valid_until: datetime | None = None
    stale: bool = False
    contested: bool = False


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


class OfficialCategory(Message):
    """The category that the ministry returned. It decides measures of the state; ours explains, and stands in."""

    category: int
    source: Registry
    as_of: datetime


class Assessed(Message):
    """The verdict that vault stored with the facts it was made from."""

    assessment: UUID
    household: UUID
    made_at: datetime
    verdict: Assessment
    official: OfficialCategory | None = None
    contested: tuple[str, ...] = ()
    """Codes of facts that the family contests: until a human decides, nothing harmful may follow from the verdict."""

    @property
    def category(self) -> int:
        """The category that binds: the ministry's where it returned one."""
        return self.official.category if self.official else self.verdict.category

    @property
    def is_final(self) -> bool:
        """Whether no missing fact can move the category that binds."""
        return self.official is not None or self.verdict.complete

    @property
    def differs(self) -> bool:
        """Whether the ministry says otherwise than our rules; a person must look why."""
        return self.official is not None and self.official.category != self.verdict.category


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


class ContestFact(Message):
    """The family says that a fact is wrong; `evidence` are documents kept in vault. The id is the asker's."""

    contest: UUID
    household: UUID
    code: str = Field(max_length=60)
    member: str = Field(max_length=20)
    evidence: tuple[UUID, ...] = Field(default=(), max_length=10)


class SettleContest(Message):
    """A human has decided: `upheld` with what is right instead (None = the fact is not known), or dismissed."""

    contest: UUID
    upheld: bool
    value: str | None = Field(default=None, max_length=200)


class ContestCard(Message):
    """A contested fact as it stands: open, upheld or dismissed."""

    contest: UUID
    code: str
    member: str
    state: str
    evidence: tuple[UUID, ...]
    opened_at: datetime
    settled_at: datetime | None


class HouseholdRef(Message):
    """One household."""

    household: UUID


class Contests(Message):
    """What a household contests, the newest first."""

    contests: tuple[ContestCard, ...]


class EnteredMember(Message):
    """A member of a household as an institution saw them; no name, no number."""

    relation: str = Field(pattern=r"^(applicant|spouse|child|parent|other)$")
    birth_date: date
    facts: dict[str, str] = Field(default_factory=dict, max_length=20)


class EnterFacts(Message):
    """Facts of a family that the registries do not know, seen in person by an institution.

    `protected`: the place of these people is a secret (victims of violence); only its oblast is kept. `basis` is the
    document in vault on which this rests.
    """

    person: UUID
    subject: str = Field(max_length=120)
    consent: UUID
    basis: UUID
    protected: bool = False
    facts: dict[str, str] = Field(default_factory=dict, max_length=20)
    members: tuple[EnteredMember, ...] = Field(min_length=1, max_length=40)


class OrganizationQuestion(Message):
    """A company, fund or NGO by its BIN (12 digits)."""

    bin: str = Field(pattern=r"^[0-9]{12}$")


class OrganizationCard(Message):
    """What the state database of legal entities says; its head is not told. `known` False: no such organization."""

    bin: str
    known: bool
    active: bool = False
    commercial: bool | None = None
    fund: bool | None = None
    name_ru: str = ""
    name_kk: str = ""
    since: date | None = None
    as_of: datetime


class RegistryLogLine(Message):
    """One access that the state's own service of access control remembers."""

    at: datetime
    company_bin: str
    service: str
    ours: bool


class RegistryLog(Message):
    """The last accesses to a person's data in state registries."""

    lines: tuple[RegistryLogLine, ...]


FACTS_GATHER = Operation("facts.gather", GatherFacts, Gathering, intake=True)
FACTS_STATUS = Operation("facts.status", GatheringQuestion, Gathering, repeatable=True)
FACTS_SHOW = Operation("facts.show", HouseholdQuestion, Facts, repeatable=True)
FACTS_NEEDS = Operation("facts.needs", HouseholdQuestion, NeedFacts, repeatable=True)
FACTS_ENTER = Operation("facts.enter", EnterFacts, Gathering, intake=True)
FACT_CONTEST = Operation("facts.contest", ContestFact, ContestCard)
CONTEST_SETTLE = Operation("facts.settle", SettleContest, ContestCard)
CONTESTS = Operation("facts.contests", HouseholdRef, Contests, repeatable=True)
ORGANIZATION = Operation("organizations.look_up", OrganizationQuestion, OrganizationCard, repeatable=True)
REGISTRY_LOG = Operation("facts.registry_log", PersonQuestion, RegistryLog, repeatable=True)
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
    worth_waiting: tuple[Registry, ...] = ()
    """Silent ones that may answer later: they are asked again, and the application waits for them."""


class HouseholdStruck(Event):
    """An emergency is where the household lives; its application goes first."""

    name: ClassVar[str] = "household.struck"
    household: UUID
    source: Registry
    kind: str
    began_at: datetime


class FactsCorrected(Event):
    """A human has decided about a contested fact: what was assessed from it must be assessed again."""

    name: ClassVar[str] = "facts.corrected"
    household: UUID
    consent: UUID
    contest: UUID
    upheld: bool


class RuleSetReleased(Event):
    """Assessments may be made by this rule set from now on; its hash goes into the transparency log."""

    name: ClassVar[str] = "rule_set.released"
    rule_set: str
    rule_set_hash: str
    released: date
