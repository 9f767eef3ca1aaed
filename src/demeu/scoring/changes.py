"""What would change the category: for each fact the nearest single answer that moves it, by the same rules.

Every answer on the edge of an outcome is tried, found between the answers that the criteria themselves give. Pure; it
holds no number of the methodology and never changes two facts at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import isinf
from typing import Any

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.scoring.criteria.language import Count, Facts, Total
from demeu.scoring.facts import AGE_YEARS_MAX
from demeu.scoring.plain import Finding, find, member
from demeu.scoring.rule_sets import Ruled, Rules
from demeu.scoring.verdict import Verdict, verdict

Key = tuple[int, int]

# What is sent as false or 0 because it cannot apply to a minor, and to an adult (scoring contract, "Facts").
ADULTS_ONLY = frozenset(
    {"able_bodied", "working", "sole_proprietor", "founder", "student", "disability_group", "has_credit"}
    | {"overdue_days", "overdue_tiyn"}
)
MINORS_ONLY = frozenset({"preschool_enrolled", "school_enrolled"})
BIRTH = "birth_date"
# An area is weighed in hundredths of a square metre, as registers write it; every other number is whole.
STEPS_IN_ONE = {"housing_area_m2": 100}


@dataclass(frozen=True, slots=True)
class Place:
    """One fact: of the household, or of the member with that index."""

    fact: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An answer with which the category would be another one, and the verdict it would give."""

    answer: Any
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class FactMoves:
    """One fact with its answer now and the nearest moves, at most one to each side. No moves: it alone decides nothing.

    `read_by`: codes of the criteria that read the fact.
    """

    place: Place
    now: Any
    read_by: tuple[str, ...]
    moves: tuple[Move, ...]


class Standing:
    """A family as the rules judge it, and as they would with one answer changed."""

    def __init__(self, household: HouseholdFacts, persons: Sequence[PersonFacts], rules: Rules) -> None:
        self.household, self.persons, self.rules = household, tuple(persons), rules
        self.members: list[Facts] = [member(one, rules.on) for one in persons]
        self.ruled = (*rules.criteria, rules.category_six)
        self.findings = [find(one, household, self.members) for one in self.ruled]
        self.verdict = verdict(self.findings[:-1], self.findings[-1], rules)

    def answer(self, place: Place) -> Any:
        """What is answered now."""
        row = self.household if place.index is None else self.persons[place.index]
        return getattr(row, place.fact)

    def found_with(self, number: int, place: Place, answer: Any) -> Finding:
        """What the criterion of that number would find with another answer."""
        if place.index is None:
            return find(self.ruled[number], self.household.model_copy(update={place.fact: answer}), self.members)
        other = member(self.persons[place.index].model_copy(update={place.fact: answer}), self.rules.on)
        members = [other if index == place.index else one for index, one in enumerate(self.members)]
        return find(self.ruled[number], self.household, members)

    def verdict_with(self, place: Place, answer: Any) -> Verdict:
        """The verdict with another answer; criteria that do not read the fact are not asked again."""
        findings = list(self.findings)
        for number in self.readers(place):
            findings[number] = self.found_with(number, place, answer)
        return verdict(findings[:-1], findings[-1], self.rules)

    def readers(self, place: Place) -> list[int]:
        """Numbers of the criteria that read the fact."""
        return [number for number, one in enumerate(self.ruled) if _reads(one, place)]


def possible_changes(standing: Standing) -> tuple[FactMoves, ...]:
    """Every fact that a criterion reads and that can apply, the household's first, in the order of the contract."""
    return tuple(_moves(standing, place) for place in places(standing))


def places(standing: Standing) -> Iterator[Place]:
    """The facts that are tried."""
    everywhere = [Place(fact) for fact in HouseholdFacts.model_fields]
    everywhere += [Place(fact, index) for index in range(len(standing.persons)) for fact in PersonFacts.model_fields]
    return (place for place in everywhere if standing.readers(place) and _applies(standing, place))


def _applies(standing: Standing, place: Place) -> bool:
    """Whether the fact can apply to this member; one that was answered all the same is tried too."""
    if place.index is None or standing.answer(place) not in (False, 0):
        return True
    limits = (vars(one.limits) for one in standing.ruled)
    adult_age_years = next(found["adult_age_years"] for found in limits if "adult_age_years" in found)
    adult = standing.members[place.index].age >= adult_age_years
    return place.fact not in (MINORS_ONLY if adult else ADULTS_ONLY)


def _reads(ruled: Ruled, place: Place) -> bool:
    if place.index is None:
        return place.fact in ruled.criterion.facts
    measures = ruled.criterion.measures.values()
    if place.fact == BIRTH:
        return any(isinstance(one, Count) for one in measures)
    return any(place.fact == one.of if isinstance(one, Total) else place.fact in one.facts for one in measures)


def _moves(standing: Standing, place: Place) -> FactMoves:
    before = standing.verdict.category
    nearest: dict[bool, Move] = {}
    for answer in _answers_nearest_first(standing, place):
        after = standing.verdict_with(place, answer)
        if after.category != before:
            nearest.setdefault(after.category > before, Move(answer, after))
    readers = tuple(standing.ruled[number].criterion.code for number in standing.readers(place))
    return FactMoves(place, standing.answer(place), readers, tuple(nearest.values()))


def _answers_nearest_first(standing: Standing, place: Place) -> list[Any]:
    """Other answers that stand for all there are; what has no distance is ordered by how little the total moves."""
    now = standing.answer(place)
    if place.fact == BIRTH:
        return sorted(_births(standing, place), key=lambda birth: (abs((birth - now).days), birth))
    given = _given_answers(standing, place)
    if all(isinstance(answer, bool | str) for answer in given):
        total = standing.verdict.total
        others = [answer for answer in given if answer != now]
        return sorted(others, key=lambda answer: abs(standing.verdict_with(place, answer).total - total))
    in_one = STEPS_IN_ONE.get(place.fact, 1)
    start = 0 if now is None else now * in_one
    steps = sorted(_edges(standing, place), key=lambda step: (abs(step - start), step))
    return [_of_steps(step, in_one) for step in steps if step != start or now is None]


def _given_answers(standing: Standing, place: Place) -> list[Any]:
    """What the criteria themselves offer as answers to this fact."""
    given: dict[Any, None] = {}
    for number in standing.readers(place):
        given.update(dict.fromkeys(_given_by(standing, number, place)))
    return list(given)


def _given_by(standing: Standing, number: int, place: Place) -> Iterator[Any]:
    ruled = standing.ruled[number]
    if place.index is None:
        yield from ruled.criterion.facts[place.fact](ruled.limits)
        return
    for one in ruled.criterion.measures.values():
        if isinstance(one, Total):
            if one.of == place.fact:
                yield one.enough(ruled.limits, len(standing.members))
        elif place.fact in one.facts:
            yield from one.facts[place.fact](ruled.limits)


def _edges(standing: Standing, place: Place) -> set[int]:
    """Both sides of every step at which a criterion's bounds change, and 0, in steps of the fact."""
    found = {0}
    for number in standing.readers(place):
        key = _key_at(standing, number, place)
        stops = sorted({0, *(_steps_to(answer, place, key) for answer in _given_by(standing, number, place))})
        for low, high in pairwise(stops):
            found.update(_between(low, high, key))
    return found


def _key_at(standing: Standing, number: int, place: Place) -> Callable[[float], Key]:
    """Lowest and highest points of one criterion at a step; every outcome it can tell apart."""
    in_one = STEPS_IN_ONE.get(place.fact, 1)

    def key(step: float) -> Key:
        finding = standing.found_with(number, place, step if isinf(step) else _of_steps(int(step), in_one))
        return finding.low, finding.high

    return key


def _between(low: int, high: int, key: Callable[[float], Key]) -> Iterator[int]:
    """Both sides of each change between two steps. Outcomes are monotone there: equal ends, nothing between."""
    if key(low) == key(high):
        return
    if high - low == 1:
        yield from (low, high)
        return
    middle = (low + high) // 2
    yield from _between(low, middle, key)
    yield from _between(middle, high, key)


def _steps_to(answer: Any, place: Place, key: Callable[[float], Key]) -> int:
    """The answer in steps; for one without end, a step from which nothing changes any more."""
    if not isinf(answer):
        return int(answer * STEPS_IN_ONE.get(place.fact, 1))
    step = 1
    while key(step) != key(answer):
        step *= 2
    return step


def _of_steps(step: int, in_one: int) -> Any:
    return step if in_one == 1 else step / in_one


def _births(standing: Standing, place: Place) -> Iterator[date]:
    """The nearest birthday of every age at which a rule could turn; ages are compared with whole limits only."""
    on, now = standing.rules.on, standing.answer(place)
    age = standing.members[place.index or 0].age
    for other in sorted(_ages(standing) - {age}):
        birth = _last_birth(other, on) if other > age else _last_birth(other + 1, on) + timedelta(days=1)
        if birth != now:
            yield birth


def _ages(standing: Standing) -> set[int]:
    """Every whole limit that an age could be compared with, and the ages around it."""
    counted = (one for one in standing.ruled if _reads(one, Place(BIRTH, 0)))
    limits = {limit for one in counted for limit in vars(one.limits).values() if type(limit) is int}
    near = {limit + step for limit in limits for step in (-1, 0, 1)}
    return {age for age in near if 0 <= age < AGE_YEARS_MAX}


def _last_birth(age_years: int, on: date) -> date:
    """The last birthday of those who are of that age or older on the day."""
    year = on.year - age_years
    try:
        return on.replace(year=year)
    except ValueError:
        # born on 29 February, assessed on it: in a common year the day before 1 March
        return date(year, 2, 28)
