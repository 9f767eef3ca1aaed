"""What the frozen facts say together: one value per question, contradictions named, members labelled. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from demeu.contracts.words import Registry

ADULT_YEARS = 18
# Which registry is believed when two answer the same question; the rest follow in the order of the list.
# What an institution entered in person or a human decided after a dispute stands before every registry.
BELIEVED = (
    Registry.INSTITUTION,
    Registry.GBD_FL,
    Registry.CKS,
    Registry.MTSZN,
    Registry.MINFIN,
    Registry.GKB,
    Registry.PKB,
    Registry.NOBD,
    Registry.IPR,
    Registry.ESOCIUM,
    Registry.SOCIAL_SERVICES,
    Registry.MZ,
    Registry.MTS,
    Registry.MCHS,
    Registry.MVD,
    Registry.GBD_UL,
)
BELIEVED_FIRST = {"kato": Registry.CKS, "clinic_attached": Registry.MZ, "dispensary": Registry.MZ}
# Codes that may stand several times about one member, each a fact of its own.
REPEATED = (
    "social_status",
    "ipr_item",
    "ipr_limitation",
    "ipr_valid_until",
    "support_received",
    "support_past",
    "service_given",
)
# Reporting to ПКБ is voluntary: that it knows less than ГКБ is no contradiction.
# Two departments write down the same emergency in their own way.
NOT_COMPARED = ("has_credit", "overdue_days", "overdue_tiyn", "debt_balance_tiyn", "emergency", "emergency_date")
LABELS = ("applicant", "spouse", "child", "parent", "other")


@dataclass(frozen=True)
class Frozen:
    """One fact as it was frozen; `member` None = the household."""

    code: str
    value: str
    source: Registry
    member: UUID | None


@dataclass
class MemberPicture:
    """One member: the believed values by code, and the codes that stand several times."""

    id: UUID
    birth_date: date
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)
    repeated: dict[str, list[str]] = field(default_factory=dict)

    def age_on(self, day: date) -> int:
        """Full years; a birthday on 29 February counts on 1 March in common years."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)

    def is_adult(self, day: date) -> bool:
        """18 or older."""
        return self.age_on(day) >= ADULT_YEARS

    def is_true(self, code: str) -> bool | None:
        """A yes-or-no fact; None when nobody answered."""
        value = self.values.get(code)
        return None if value is None else value == "true"


@dataclass
class Picture:
    """A household: its own values and its members, the applicant first."""

    values: dict[str, str]
    members: list[MemberPicture]


def rank(source: Registry, code: str) -> int:
    """Smaller is believed more; a human's word most."""
    if source is Registry.INSTITUTION:
        return -2
    return -1 if BELIEVED_FIRST.get(code) is source else BELIEVED.index(source)


def paint(facts: Iterable[Frozen], births: dict[UUID, date]) -> Picture:
    """The picture of a household; `births` names every member with the birthday to use when no registry gives one.

    An empty value is a human's word that the thing is not known, whatever registries say.
    """
    picture = Picture({}, [MemberPicture(member, birth) for member, birth in births.items()])
    by_id = {member.id: member for member in picture.members}
    for fact in sorted(facts, key=lambda fact: rank(fact.source, fact.code), reverse=True):
        if fact.member is not None and fact.code in REPEATED:
            by_id[fact.member].repeated.setdefault(fact.code, []).append(fact.value)
            continue
        values = picture.values if fact.member is None else by_id[fact.member].values
        if fact.value:
            values[fact.code] = fact.value
        else:
            values.pop(fact.code, None)
    for member in picture.members:
        if "birth_date" in member.values:
            member.birth_date = date.fromisoformat(member.values["birth_date"])
    _label(picture.members)
    return picture


def _label(members: list[MemberPicture]) -> None:
    """«applicant», «spouse», «child 1», «child 2» … eldest first; never a name. The first member is the applicant."""
    for place, member in enumerate(members):
        relation = member.values.get("relation", "applicant" if place == 0 else "other")
        member.label = relation if relation in LABELS else "other"
    for label in ("spouse", "child", "parent", "other"):
        same = sorted((one for one in members if one.label == label), key=lambda one: one.birth_date)
        for number, member in enumerate(same, start=1):
            member.label = f"{label} {number}" if label != "spouse" or len(same) > 1 else label


def contradictions(facts: Iterable[Frozen]) -> set[tuple[UUID | None, str]]:
    """Questions (member, code) that two registries answer differently, or that cannot both be so."""
    listed = list(facts)
    answers: dict[tuple[UUID | None, str], set[str]] = {}
    for fact in listed:
        if fact.code not in REPEATED and fact.code not in NOT_COMPARED:
            answers.setdefault((fact.member, fact.code), set()).add(fact.value)
    found = {question for question, values in answers.items() if len(values) > 1}
    if _home_without_units(answers):
        found |= {(None, "housing_units"), (None, "housing_area_m2")}
    for member in {fact.member for fact in listed}:
        if answers.get((member, "working")) == {"false"} and (member, "income_salary_monthly_tiyn") in answers:
            found |= {(member, "working"), (member, "income_salary_monthly_tiyn")}
    return found


def _home_without_units(answers: dict[tuple[UUID | None, str], set[str]]) -> bool:
    areas = answers.get((None, "housing_area_m2"), set())
    return answers.get((None, "housing_units")) == {"0"} and any(float(area) > 0 for area in areas)
