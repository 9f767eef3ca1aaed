"""Which needs, groups and attributes the facts show. Pure; each need is one small rule.

Codes of needs stand in the need catalogue; codes of groups and subgroups in the beneficiary tree of the concept, ch. 2.
`category` is the last assessed one (1 poorest … 6), None when not assessed.
"""

from dataclasses import dataclass
from datetime import date

from demeu.contracts.vault import NeedFact, NeedFacts
from demeu.contracts.words import NeedGroup, Registry
from demeu.vault.households.picture import MemberPicture, Picture

POOR_CATEGORY_MAX = 2
PRESCHOOL_YEARS = range(3, 6)
SCHOOL_YEARS = range(6, 18)
LARGE_FAMILY_CHILDREN = 4
RURAL = ("rural_okrug", "rural_settlement")
WHEELCHAIRS = ("wheelchair_active", "wheelchair_room")
SAME_NEED = ("hearing_aid", "orthopaedic_shoes", "rehabilitation_course")
STATUS_ATTRIBUTES = ("large_family", "single_parent", "in_housing_queue")
SUBGROUPS = {
    "orphans_no_parental_care": NeedGroup.CHILDREN_YOUTH,
    "children_low_income": NeedGroup.CHILDREN_YOUTH,
    "children_disability": NeedGroup.CHILDREN_YOUTH,
    "disability_any_group": NeedGroup.PEOPLE_DISABILITY,
    "mental_disorders": NeedGroup.PEOPLE_DISABILITY,
    "lone_pensioners": NeedGroup.OLDER_PEOPLE,
    "grandparents_raising": NeedGroup.OLDER_PEOPLE,
    "families_below_poverty": NeedGroup.POOR_HOMELESS,
    "homeless": NeedGroup.POOR_HOMELESS,
    "natural_disaster_victims": NeedGroup.EMERGENCY_VIOLENCE_VICTIMS,
}


@dataclass(frozen=True)
class Situation:
    """A picture on a day, with what is used again and again."""

    picture: Picture
    on: date
    category: int | None

    @property
    def children(self) -> list[MemberPicture]:
        """Members under 18."""
        return [member for member in self.picture.members if not member.is_adult(self.on)]

    @property
    def adults(self) -> list[MemberPicture]:
        """Members of 18 and more."""
        return [member for member in self.picture.members if member.is_adult(self.on)]

    @property
    def poor(self) -> bool:
        """The family card names hardship, or the assessed category is one of the two poorest."""
        assessed = self.category is not None and self.category <= POOR_CATEGORY_MAX
        return assessed or self.picture.values.get("hardship") == "true"

    @property
    def struck(self) -> bool:
        """An emergency is confirmed."""
        return "emergency" in self.picture.values

    def statuses(self) -> set[str]:
        """Social statuses of any member."""
        return {status for member in self.picture.members for status in member.repeated.get("social_status", [])}


def needs_of(picture: Picture, on: date, category: int | None) -> NeedFacts:
    """Everything that wishes and the case card grow from, free of names."""
    situation = Situation(picture, on, category)
    subgroups = _subgroups(situation)
    groups = {SUBGROUPS[subgroup] for subgroup in subgroups}
    if situation.children:
        groups.add(NeedGroup.CHILDREN_YOUTH)
    if any(member.is_true("severe_illness") for member in picture.members):
        groups.add(NeedGroup.SEVERE_ILLNESS)
    kato = picture.values.get("kato", "")
    return NeedFacts(
        needs=(*_programme_needs(situation), *_child_needs(situation), *_home_needs(situation)),
        groups=tuple(group.value for group in NeedGroup if group in groups),
        subgroups=tuple(subgroup for subgroup in SUBGROUPS if subgroup in subgroups),
        attributes=tuple(sorted(_attributes(situation))),
        members=len(picture.members),
        children_ages=tuple(sorted(child.age_on(on) for child in situation.children)),
        region_kato=kato[:2].ljust(9, "0") if kato else "",
        district_kato=kato[:4].ljust(9, "0") if kato else "",
        income_per_member_tiyn=income_per_member(picture),
    )


def income_per_member(picture: Picture) -> int | None:
    """Sum of the month's incomes divided by all members (tiyn, rounded down); None when one is not known."""
    incomes = [member.values.get("income_monthly_tiyn") for member in picture.members]
    known = [int(income) for income in incomes if income is not None]
    return sum(known) // len(incomes) if incomes and len(known) == len(incomes) else None


def _programme_needs(situation: Situation) -> list[NeedFact]:
    """Items of the rehabilitation programmes in force; `detail` «state» marks what the state gives itself."""
    found: dict[tuple[str, str], int] = {}
    for member in situation.picture.members:
        until = member.repeated.get("ipr_valid_until", [])
        if until and max(until) < situation.on.isoformat():
            continue
        for item in member.repeated.get("ipr_item", []):
            code, quantity, giver = item.split(":")
            need = _need_of_item(code, adult=member.is_adult(situation.on))
            if need:
                key = (need, "state" if giver == "state" else "")
                found[key] = found.get(key, 0) + int(quantity)
    return [NeedFact(code=code, count=count, detail=by, source=Registry.IPR) for (code, by), count in found.items()]


def _need_of_item(code: str, *, adult: bool) -> str:
    if code in WHEELCHAIRS:
        return "wheelchair_adult" if adult else "wheelchair_child"
    if code == "speech_therapy":
        return "rehabilitation_course"
    return code if code in SAME_NEED else ""


def _child_needs(situation: Situation) -> list[NeedFact]:
    pupils = [child for child in situation.children if child.is_true("school_enrolled")]
    at_home = _taught_at_home(situation)
    gap = [
        child
        for child in situation.children
        if child.age_on(situation.on) in PRESCHOOL_YEARS and child.is_true("preschool_enrolled") is False
    ]
    counted = (
        ("school_kit", len(pupils), Registry.NOBD),
        ("home_schooling", len(at_home), Registry.NOBD),
        ("kindergarten_gap", len(gap), Registry.NOBD),
        ("winter_clothes_child", len(situation.children), Registry.CKS),
    )
    return [NeedFact(code=code, count=count, source=source) for code, count, source in counted if count]


def _taught_at_home(situation: Situation) -> list[MemberPicture]:
    return [
        child
        for child in situation.children
        if child.age_on(situation.on) in SCHOOL_YEARS
        and child.is_true("disability_childhood")
        and child.is_true("school_enrolled") is False
    ]


def _home_needs(situation: Situation) -> list[NeedFact]:
    found: list[NeedFact] = []
    arrears = _sum(situation, "home_arrears_tiyn")
    overdue = _sum(situation, "overdue_tiyn") - arrears
    if arrears:
        found.append(NeedFact(code="rent_arrears", amount_tiyn=arrears, source=Registry.GKB))
    if overdue > 0:
        found.append(NeedFact(code="overdue_debt", amount_tiyn=overdue, source=Registry.GKB))
    if situation.poor or situation.struck:
        found.append(NeedFact(code="food_parcel", count=len(situation.picture.members), source=Registry.CKS))
        if situation.picture.values.get("settlement_class") in RURAL:
            found.append(NeedFact(code="fuel_coal", source=Registry.CKS))
            if situation.struck:
                found.append(NeedFact(code="stove_or_heater", source=Registry.CKS))
    return found


def _sum(situation: Situation, code: str) -> int:
    return sum(int(adult.values.get(code, "0")) for adult in situation.adults)


def _subgroups(situation: Situation) -> set[str]:
    statuses = situation.statuses()
    adults, children = situation.adults, situation.children
    pensioners = [adult for adult in adults if "pensioner" in adult.repeated.get("social_status", [])]
    conditions = {
        "children_disability": any(child.is_true("disability_childhood") for child in children),
        "children_low_income": bool(children) and situation.poor,
        "orphans_no_parental_care": "orphan" in statuses,
        "disability_any_group": any(adult.values.get("disability_group", "0") != "0" for adult in adults),
        "mental_disorders": any("mind" in adult.repeated.get("ipr_limitation", []) for adult in adults),
        "lone_pensioners": bool(pensioners) and len(situation.picture.members) == 1,
        "grandparents_raising": bool(pensioners) and bool(children) and len(pensioners) == len(adults),
        "families_below_poverty": situation.poor,
        "homeless": situation.picture.values.get("settlement_class") == "unregistered",
        "natural_disaster_victims": situation.struck,
    }
    return {subgroup for subgroup, holds in conditions.items() if holds}


def _attributes(situation: Situation) -> set[str]:
    statuses = situation.statuses()
    levels = {member.values.get("education_level", "") for member in situation.picture.members}
    found = {status for status in STATUS_ATTRIBUTES if status in statuses}
    conditions = {
        "large_family": len(situation.children) >= LARGE_FAMILY_CHILDREN,
        "lone_pensioner": "pensioner" in statuses and len(situation.picture.members) == 1,
        "renting": situation.picture.values.get("tenure") == "rented",
        "asp_recipient": any(_receives_asp(member) for member in situation.picture.members),
        "student_college": "college" in levels,
        "student_university": "university" in levels,
        "child_home_schooled": bool(_taught_at_home(situation)),
        "pupil": any(child.is_true("school_enrolled") for child in situation.children),
        "emergency": situation.struck,
    }
    return found | {attribute for attribute, holds in conditions.items() if holds}


def _receives_asp(member: MemberPicture) -> bool:
    return "benefit_asp_tiyn" in member.values or "asp" in member.repeated.get("support_received", [])
