"""What all registers together know of one household: frozen values, and their form as JSON. Pure.

Money is integer tiyn, areas m², dates calendar days. Nothing here names a register: services pick what is theirs.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

RehabItem = dict[str, Any]


@dataclass(frozen=True)
class Credit:
    """A loan; `bureaus` are those to which the creditor reported it."""

    creditor: str
    kind: str
    opened: str
    balance_tiyn: int
    overdue_tiyn: int
    overdue_days: int
    bureaus: tuple[str, ...] = ("gkb", "pkb")


@dataclass(frozen=True)
class Programme:
    """An individual rehabilitation programme; `items` are codes of `rehabilitation.ITEMS`."""

    number: str
    issued_on: str
    valid_until: str
    limitation: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Resident:
    """One person as the registers know them; `incomes` maps a source to tiyn a month.

    `supports`: (measure, state, since); `services`: (kind, day); `severe_illness`: yes, no or unknown.
    """

    iin: str
    surname: str
    given_name: str
    patronymic: str
    birth_date: str
    male: bool
    relation: str
    phone: str = ""
    able_bodied: bool = False
    working: bool = False
    sole_proprietor: bool = False
    founder: bool = False
    clinic_attached: bool = True
    insured: bool = True
    chronic: bool = False
    dispensary: bool = False
    disability_group: int = 0
    disability_childhood: bool = False
    level: str = ""
    institution: str = ""
    grade: int = 0
    statuses: tuple[str, ...] = ()
    incomes: tuple[tuple[str, int], ...] = ()
    credits: tuple[Credit, ...] = ()
    programme: Programme | None = None
    supports: tuple[tuple[str, str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()
    severe_illness: str = "no"
    gambling_until: str = ""

    @property
    def full_name(self) -> str:
        """Surname, name, patronymic."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


@dataclass(frozen=True)
class Household:
    """People under one roof with what they own; the first member is the applicant."""

    kind: str
    kato: str
    settlement_class: str
    region_kk: str
    region_ru: str
    town_kk: str
    town_ru: str
    street_kk: str
    street_ru: str
    building: str
    flat: str
    housing_units: int
    housing_area_m2: float
    tenure: str
    members: tuple[Resident, ...]
    commercial_property_units: int = 0
    land_plots: int = 0
    smallholding_value_tiyn: int = 0
    passenger_cars: int = 0
    commercial_vehicles: int = 0
    machinery_kinds: int = 0
    hardship: bool = False
    emergency: tuple[str, str] | None = None
    official_category: int | None = None

    @property
    def applicant(self) -> Resident:
        """The one who asks for help."""
        return self.members[0]

    def member(self, iin: str) -> Resident | None:
        """The member with this IIN."""
        return next((one for one in self.members if one.iin == iin), None)


def to_json(household: Household) -> dict[str, Any]:
    """The form that is stored."""
    return asdict(household)


def from_json(stored: dict[str, Any]) -> Household:
    """The value that `to_json` wrote."""
    members = tuple(_resident(one) for one in stored["members"])
    emergency = tuple(stored["emergency"]) if stored["emergency"] else None
    return Household(**{**stored, "members": members, "emergency": emergency})


def contradicted(household: Household) -> Household:
    """The same household as a muddled register would tell it: no home but an area, and a birth a year later."""
    head = household.applicant
    later = date.fromisoformat(head.birth_date) + timedelta(days=365)
    muddled = replace(head, birth_date=later.isoformat(), working=not head.working, credits=())
    return replace(household, housing_units=0, housing_area_m2=54.0, members=(muddled, *household.members[1:]))


def _resident(stored: dict[str, Any]) -> Resident:
    programme = stored["programme"]
    return Resident(
        **{
            **stored,
            "statuses": tuple(stored["statuses"]),
            "incomes": tuple((source, amount) for source, amount in stored["incomes"]),
            "credits": tuple(Credit(**{**one, "bureaus": tuple(one["bureaus"])}) for one in stored["credits"]),
            "supports": tuple((code, state, since) for code, state, since in stored.get("supports", ())),
            "services": tuple((kind, day) for kind, day in stored.get("services", ())),
            "programme": Programme(**{**programme, "items": tuple(programme["items"])}) if programme else None,
        }
    )
