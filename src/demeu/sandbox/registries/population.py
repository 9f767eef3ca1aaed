"""New families on demand, the same for the same seed: each kind of hardship has one recipe. Pure.

The recipes are chosen so that scoring by the published indicators puts them where the story needs them
(the mother with a disabled child: level E, category 1; the well-off: category 6).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from demeu.sandbox.registries import names
from demeu.sandbox.registries.household import Credit, Household, Programme, Resident
from demeu.sandbox.registries.numbers import synthetic_iin, synthetic_phone
from demeu.sandbox.registries.rehabilitation import BY_LIMITATION

DEFAULT_KIND = "mother_disabled_child"
TENGE = 100


def new_household(kind: str, *, seed: int, today: date) -> Household:
    """A household of the kind; KeyError for an unknown kind. Ages are reckoned from `today`."""
    chance = random.Random(f"{kind}:{seed}")
    return RECIPES[kind](chance, today)


def mother_disabled_child(chance: random.Random, today: date) -> Household:
    """A single mother out of work, 2–3 children, one with a disability and a programme; rent and overdue debt."""
    place = chance.choice(names.PLACES)
    line = _line(chance)
    mother = replace(
        _person(chance, today, line=line, male=False, years=chance.randint(29, 42), relation="applicant"),
        phone=synthetic_phone(chance),
        able_bodied=True,
        insured=False,
        chronic=True,
        statuses=("single_parent",),
        incomes=(
            ("benefit", chance.randint(70, 95) * 1000 * TENGE),
            ("alimony", chance.randint(10, 25) * 1000 * TENGE),
        ),
        credits=_debts(chance, today, overdue_days=chance.randint(100, 260)),
    )
    count = chance.randint(2, 3)
    children = _children(chance, today, line, chance.sample(range(6, 16), count))
    children[0] = _with_programme(chance, today, replace(children[0], insured=False))
    mother = replace(mother, supports=(("child_disability", "active", _ago(today, 400)),))
    children[0] = replace(children[0], services=(("day_centre", _ago(today, 120)), ("home_care", _ago(today, 40))))
    children[1:] = [replace(child, insured=False) for child in children[1:]]
    return _home(
        chance, place, "mother_disabled_child", (mother, *children), units=0, area=0.0, tenure="rented", hardship=True
    )


def large_family(chance: random.Random, today: date) -> Household:
    """Two parents, four or five children, one wage, one small home, an old car."""
    line = _line(chance)
    head = replace(
        _person(chance, today, line=line, male=False, years=chance.randint(33, 42), relation="applicant"),
        phone=synthetic_phone(chance),
        able_bodied=True,
        statuses=("large_family",),
        incomes=(("benefit", 82_000 * TENGE),),
        supports=(("large_family", "active", _ago(today, 900)), ("asp", "ended", _ago(today, 1100))),
    )
    spouse = replace(
        _person(chance, today, line=line, male=True, years=chance.randint(35, 46), relation="spouse"),
        able_bodied=True,
        working=True,
        incomes=(("salary", chance.randint(140, 190) * 1000 * TENGE),),
        credits=_debts(chance, today, overdue_days=0),
    )
    years = chance.sample(range(3, 17), chance.randint(4, 5))
    children = _children(chance, today, line, years)
    return _home(
        chance,
        chance.choice(names.PLACES),
        "large_family",
        (head, spouse, *children),
        units=1,
        area=48.0,
        tenure="owned",
        passenger_cars=1,
    )


def lone_pensioner(chance: random.Random, today: date) -> Household:
    """An elderly person alone with a pension and poor health."""
    person = replace(
        _person(
            chance,
            today,
            line=_line(chance),
            male=chance.random() < 0.3,
            years=chance.randint(67, 84),
            relation="applicant",
        ),
        phone=synthetic_phone(chance),
        chronic=True,
        dispensary=True,
        disability_group=2,
        statuses=("pensioner",),
        services=(("home_care", _ago(today, 20)),),
        incomes=(("pension", chance.randint(75, 105) * 1000 * TENGE),),
    )
    return _home(chance, chance.choice(names.PLACES), "lone_pensioner", (person,), units=1, area=31.0, tenure="owned")


def debts(chance: random.Random, today: date) -> Household:
    """A working couple with one child, a home, and loans they no longer manage."""
    line = _line(chance)
    head = replace(
        _person(chance, today, line=line, male=True, years=chance.randint(27, 45), relation="applicant"),
        phone=synthetic_phone(chance),
        able_bodied=True,
        working=True,
        incomes=(("salary", chance.randint(120, 160) * 1000 * TENGE),),
        credits=_debts(chance, today, overdue_days=180),
        gambling_until=_ago(today, -300),
    )
    spouse = replace(
        _person(chance, today, line=line, male=False, years=chance.randint(26, 43), relation="spouse"),
        able_bodied=True,
        credits=_debts(chance, today, overdue_days=120),
    )
    return _home(
        chance,
        chance.choice(names.PLACES),
        "debts",
        (head, spouse, _child(chance, today, line, chance.randint(6, 12))),
        units=1,
        area=40.0,
        tenure="owned",
    )


def well_off(chance: random.Random, today: date) -> Household:
    """Two homes, two cars, a firm and a high income: category 6 by either reading of the rule."""
    line = _line(chance)
    head = replace(
        _person(chance, today, line=line, male=True, years=chance.randint(38, 55), relation="applicant"),
        phone=synthetic_phone(chance),
        able_bodied=True,
        working=True,
        founder=True,
        sole_proprietor=True,
        incomes=(("salary", 1_400_000 * TENGE), ("business", 900_000 * TENGE)),
    )
    spouse = replace(
        _person(chance, today, line=line, male=False, years=chance.randint(35, 50), relation="spouse"),
        able_bodied=True,
        working=True,
        incomes=(("salary", 450_000 * TENGE),),
    )
    return _home(
        chance,
        names.PLACES[3],
        "well_off",
        (head, spouse, _child(chance, today, line, chance.randint(6, 15))),
        units=3,
        area=260.0,
        tenure="owned",
        passenger_cars=2,
        land_plots=1,
        commercial_property_units=1,
    )


def emergency(chance: random.Random, today: date) -> Household:
    """A couple with children whose home was lost to a flood or a fire within the last two months."""
    family = large_family(chance, today)
    happened = today - timedelta(days=chance.randint(10, 60))
    return replace(
        family,
        kind="emergency",
        hardship=True,
        tenure="shared",
        housing_units=0,
        housing_area_m2=0.0,
        emergency=(chance.choice(("flood", "fire")), happened.isoformat()),
    )


def severe_illness(chance: random.Random, today: date) -> Household:
    """A couple whose child is gravely ill: yes to a severe illness, under regular medical care."""
    family = large_family(chance, today)
    ill = replace(family.members[2], severe_illness="yes", chronic=True, dispensary=True)
    return replace(family, kind="severe_illness", members=(*family.members[:2], ill, *family.members[3:]))


def _ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


RECIPES: dict[str, Callable[[random.Random, date], Household]] = {
    "mother_disabled_child": mother_disabled_child,
    "large_family": large_family,
    "lone_pensioner": lone_pensioner,
    "debts": debts,
    "well_off": well_off,
    "emergency": emergency,
    "severe_illness": severe_illness,
}


@dataclass(frozen=True)
class _Line:
    """What the members of one family share: tongue, surname, and the patronymic of the children."""

    tongue: names.Tongue
    surname: tuple[str, str]
    patronymic: tuple[str, str]


def _line(chance: random.Random) -> _Line:
    tongue = chance.choice(names.TONGUES)
    return _Line(tongue, chance.choice(tongue.surnames), chance.choice(tongue.patronymics))


def _person(chance: random.Random, today: date, *, line: _Line, male: bool, years: int, relation: str) -> Resident:
    birth = _birth(chance, today, years)
    return Resident(
        iin=synthetic_iin(birth, male=male, chance=chance),
        surname=line.surname[0 if male else 1],
        given_name=chance.choice(line.tongue.men if male else line.tongue.women),
        patronymic=chance.choice(line.tongue.patronymics)[0 if male else 1],
        birth_date=birth.isoformat(),
        male=male,
        relation=relation,
    )


def _children(chance: random.Random, today: date, line: _Line, years: list[int]) -> list[Resident]:
    """Children of these ages; no two of the same name."""
    children: list[Resident] = []
    while len(children) < len(years):
        child = _child(chance, today, line, years[len(children)])
        if child.given_name not in {one.given_name for one in children}:
            children.append(child)
    return children


def _child(chance: random.Random, today: date, line: _Line, years: int) -> Resident:
    male = chance.random() < 0.5
    child = _person(chance, today, line=line, male=male, years=years, relation="child")
    small = years < 6
    return replace(
        child,
        given_name=chance.choice(line.tongue.boys if male else line.tongue.girls),
        patronymic=line.patronymic[0 if male else 1],
        level="preschool" if small else "school",
        institution=chance.choice(names.KINDERGARTENS if small else names.SCHOOLS),
        grade=0 if small else max(1, years - 6),
    )


def _with_programme(chance: random.Random, today: date, child: Resident) -> Resident:
    limitation = chance.choice(("mobility", "mobility", "hearing"))
    issued = today - timedelta(days=chance.randint(60, 300))
    programme = Programme(
        number=f"ИПР-{issued.year}-{chance.randint(10_000, 99_999)}",
        issued_on=issued.isoformat(),
        valid_until=(issued + timedelta(days=730)).isoformat(),
        limitation=limitation,
        items=BY_LIMITATION[limitation],
    )
    return replace(child, disability_childhood=True, chronic=True, dispensary=True, programme=programme)


def _debts(chance: random.Random, today: date, *, overdue_days: int) -> tuple[Credit, ...]:
    balance = chance.randint(180, 640) * 1000 * TENGE
    late = chance.randint(40, 120) * 1000 * TENGE if overdue_days else 0
    opened = (today - timedelta(days=chance.randint(300, 700))).isoformat()
    return (Credit(chance.choice(names.BANKS), "consumer", opened, balance, late, overdue_days),)


def _birth(chance: random.Random, today: date, years: int) -> date:
    """A birthday that makes the person exactly `years` full years old on `today`."""
    return today - timedelta(days=round(years * 365.2425) + chance.randint(10, 340))


def _home(
    chance: random.Random,
    place: names.Place,
    kind: str,
    members: tuple[Resident, ...],
    *,
    units: int,
    area: float,
    tenure: str,
    hardship: bool = False,
    passenger_cars: int = 0,
    land_plots: int = 0,
    commercial_property_units: int = 0,
) -> Household:
    street = chance.choice(names.STREETS)
    return Household(
        kind=kind,
        kato=place.kato,
        settlement_class=place.settlement_class,
        region_kk=place.region_kk,
        region_ru=place.region_ru,
        town_kk=place.town_kk,
        town_ru=place.town_ru,
        street_kk=street[0],
        street_ru=street[1],
        building=str(chance.randint(1, 120)),
        flat=str(chance.randint(1, 90)),
        housing_units=units,
        housing_area_m2=area,
        tenure=tenure,
        members=members,
        hardship=hardship,
        passenger_cars=passenger_cars,
        land_plots=land_plots,
        commercial_property_units=commercial_property_units,
    )
