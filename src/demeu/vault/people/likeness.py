"""Whether two records may be one human being: blocking words, and a comparison with its reasons. Pure.

It never decides: it gives points and reasons, and a person decides. The method's name changes with any of its figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from demeu.vault.people.spelling import folded, sound

METHOD = "names-and-birth"
METHOD_VERSION = 1
POINTS_LIKELY = 60
NEAR = 0.9
NAME_POINTS = {"surname": 30, "given_name": 25, "patronymic": 10}
SOUNDS_ALIKE, SPELT_NEARLY = 0.9, 0.7
BIRTH_SAME, BIRTH_SWAPPED, BIRTH_NEAR, BIRTH_YEAR = 35, 25, 20, 8
PHONE_POINTS, NUMBER_POINTS = 15, 100
NUMBERS_DIFFER, BIRTHS_DIFFER, NAMES_DIFFER = -50, -25, -15


@dataclass(frozen=True)
class Traits:
    """What is compared of a person; `birth_date` is an ISO day, `iin` and `phone` are empty when unknown."""

    surname: str
    given_name: str
    patronymic: str = ""
    birth_date: str = ""
    iin: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Likeness:
    """Points up to 100 and the reasons they came from, strongest first."""

    points: int
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether a person should look at the two."""
        return self.points >= POINTS_LIKELY


def blocking_words(traits: Traits) -> tuple[str, ...]:
    """Compound words by which two spellings of one person meet; no name stands in them, only sounds with dates."""
    return tuple(sorted(set(_words(traits))))


def _words(traits: Traits) -> Iterator[str]:
    surname, given, father = (sound(name) for name in (traits.surname, traits.given_name, traits.patronymic))
    year, day = traits.birth_date[:4], traits.birth_date[5:]
    if surname and given and father:
        yield f"sgf:{surname}:{given}:{father}"
    if not year:
        return
    if surname and given:
        yield f"sgy:{':'.join(sorted((surname, given)))}:{year}"
    if surname:
        yield f"sd:{surname}:{day}"
        yield f"siy:{surname}:{given[:1]}:{year}"
    if given:
        yield f"gb:{given}:{traits.birth_date}"


def likeness(one: Traits, other: Traits) -> Likeness:
    """How alike two people are, never by one name alone."""
    found: list[tuple[int, str]] = [*_by_numbers(one, other), *_by_names(one, other), *_by_birth(one, other)]
    points = sum(part for part, _ in found)
    reasons = tuple(reason for _, reason in sorted(found, key=lambda part: -abs(part[0])))
    return Likeness(max(0, min(100, points)), reasons)


def _by_numbers(one: Traits, other: Traits) -> Iterator[tuple[int, str]]:
    if one.iin and other.iin:
        yield (NUMBER_POINTS, "iin.same") if one.iin == other.iin else (NUMBERS_DIFFER, "iin.differs")
    if one.phone and one.phone == other.phone:
        yield PHONE_POINTS, "phone.same"


def _by_names(one: Traits, other: Traits) -> Iterator[tuple[int, str]]:
    straight = [(field, getattr(one, field), getattr(other, field)) for field in NAME_POINTS]
    crossed = (folded(one.surname), folded(one.given_name)) == (folded(other.given_name), folded(other.surname))
    if crossed and one.surname and folded(one.surname) != folded(one.given_name):
        yield NAME_POINTS["surname"] + NAME_POINTS["given_name"], "names.swapped"
        straight = straight[2:]
    for field, mine, theirs in straight:
        if mine and theirs:
            yield _by_name(field, mine, theirs)


def _by_name(field: str, mine: str, theirs: str) -> tuple[int, str]:
    full, first, second = NAME_POINTS[field], folded(mine), folded(theirs)
    if mine.casefold() == theirs.casefold():
        return full, f"{field}.same"
    if first == second:
        return full, f"{field}.other_spelling"
    if sound(mine) and sound(mine) == sound(theirs):
        return round(full * SOUNDS_ALIKE), f"{field}.sounds_alike"
    if JaroWinkler.similarity(first, second) >= NEAR:
        return round(full * SPELT_NEARLY), f"{field}.spelt_nearly"
    return NAMES_DIFFER, f"{field}.differs"


def _by_birth(one: Traits, other: Traits) -> Iterator[tuple[int, str]]:
    mine, theirs = one.birth_date, other.birth_date
    if not mine or not theirs:
        return
    if mine == theirs:
        yield BIRTH_SAME, "birth.same"
    elif (mine[:4], mine[5:7], mine[8:]) == (theirs[:4], theirs[8:], theirs[5:7]):
        yield BIRTH_SWAPPED, "birth.day_and_month_swapped"
    elif sum(a != b for a, b in zip(mine, theirs, strict=False)) == 1:
        yield BIRTH_NEAR, "birth.one_digit"
    elif mine[:4] == theirs[:4]:
        yield BIRTH_YEAR, "birth.year_only"
    else:
        yield BIRTHS_DIFFER, "birth.differs"
