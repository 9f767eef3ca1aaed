"""From a picture to the two tables that scoring takes. Pure.

None = asked and not answered; what cannot apply to a member is False or 0, not None.
"""

from datetime import date
from uuid import UUID

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.vault.households.picture import MemberPicture, Picture

HOUSEHOLD_COUNTS = (
    "housing_units",
    "commercial_property_units",
    "land_plots",
    "smallholding_value_tiyn",
    "passenger_cars",
    "commercial_vehicles",
    "machinery_kinds",
)
ADULT_FLAGS = ("able_bodied", "working", "sole_proprietor", "founder", "student", "has_credit")
ADULT_NUMBERS = ("disability_group", "overdue_days", "overdue_tiyn")
CHILD_FLAGS = ("preschool_enrolled", "school_enrolled")
ANY_FLAGS = ("disability_childhood", "clinic_attached", "insured", "chronic", "dispensary")


def household_row(household: UUID, picture: Picture) -> HouseholdFacts:
    """The row of `households`."""
    counts = {code: _whole(picture.values.get(code)) for code in HOUSEHOLD_COUNTS}
    area = picture.values.get("housing_area_m2")
    return HouseholdFacts(
        household_id=str(household),
        kato=picture.values.get("kato"),
        settlement_class=picture.values.get("settlement_class"),
        housing_area_m2=None if area is None else float(area),
        **counts,
    )


def person_row(household: UUID, member: MemberPicture, on: date) -> PersonFacts:
    """The row of one member in `persons` on the day of the assessment."""
    adult = member.is_adult(on)
    flags: dict[str, bool | None] = {code: member.is_true(code) for code in ANY_FLAGS}
    flags |= {code: member.is_true(code) if adult else False for code in ADULT_FLAGS}
    flags |= {code: False if adult else member.is_true(code) for code in CHILD_FLAGS}
    numbers = {code: _whole(member.values.get(code)) if adult else 0 for code in ADULT_NUMBERS}
    return PersonFacts(
        person_id=str(member.id),
        household_id=str(household),
        birth_date=member.birth_date,
        income_monthly_tiyn=_whole(member.values.get("income_monthly_tiyn")),
        **flags,
        **numbers,
    )


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)
