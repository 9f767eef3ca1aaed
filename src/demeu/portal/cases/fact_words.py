"""Facts of the registries in words: codes, members and values, for the family's own page and for the desks.

Pure apart from gettext. A code without words is shown with spaces, never hidden: the family must see all that is known.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from demeu.kernel.money import format_tenge
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.wording import day, language

Words = str | Promise

MEMBERS: dict[str, Words] = {
    "household": _("Household"),
    "applicant": _("Applicant"),
    "spouse": _("Spouse"),
    "child": _("Child"),
    "parent": _("Parent"),
    "other": _("Other member"),
}
FACTS: dict[str, Words] = {
    "known_to_gbd_fl": _("Known to the state database of persons"),
    "known_to_cks": _("Has a Digital Family Card"),
    "birth_date": _("Date of birth"),
    "sex": pgettext_lazy("fact", "Sex"),
    "alive": pgettext_lazy("fact", "Alive"),
    "relation": _("Place in the family"),
    "kato": _("Place of registration"),
    "settlement_class": _("Kind of settlement"),
    "hardship": _("Hard life situation"),
    "emergency": _("Emergency"),
    "emergency_date": _("Day of the emergency"),
    "housing_units": _("Homes owned"),
    "housing_area_m2": _("Area of the home, m²"),
    "tenure": _("Owned or rented"),
    "commercial_property_units": _("Commercial premises"),
    "land_plots": _("Plots of land"),
    "smallholding_value_tiyn": _("Value of the smallholding"),
    "passenger_cars": _("Cars"),
    "commercial_vehicles": _("Commercial vehicles"),
    "machinery_kinds": _("Kinds of farm machinery"),
    "able_bodied": _("Able to work"),
    "working": pgettext_lazy("fact", "Works"),
    "sole_proprietor": _("Sole proprietor"),
    "founder": _("Founder of a company"),
    "clinic_attached": _("Attached to a clinic"),
    "insured": _("Has health insurance"),
    "chronic": _("Has a chronic illness"),
    "dispensary": _("Under regular medical care"),
    "disability_group": _("Disability group"),
    "disability_childhood": _("Disability since childhood"),
    "official_category": _("Category by the ministry"),
    "social_status": _("Social status"),
    "benefit_asp_tiyn": _("Targeted social assistance"),
    "benefit_benefit_tiyn": _("State benefit a month"),
    "benefit_pension_tiyn": _("Pension a month"),
    "income_monthly_tiyn": _("Income a month"),
    "income_salary_monthly_tiyn": _("Wages a month"),
    "income_pension_monthly_tiyn": _("Pension a month"),
    "income_benefit_monthly_tiyn": _("State benefit a month"),
    "income_business_monthly_tiyn": _("Business income a month"),
    "income_alimony_monthly_tiyn": _("Alimony a month"),
    "education_level": _("Education"),
    "student": pgettext_lazy("fact", "Student"),
    "school_enrolled": _("Goes to school"),
    "preschool_enrolled": _("Goes to kindergarten"),
    "school_grade": _("School grade"),
    "ipr_item": _("Given by the rehabilitation programme"),
    "ipr_limitation": _("Limitation"),
    "ipr_valid_until": _("Programme valid until"),
    "has_credit": _("Has loans"),
    "overdue_days": _("Days overdue"),
    "overdue_tiyn": _("Sum overdue"),
    "debt_balance_tiyn": _("Debt in all"),
    "home_arrears_tiyn": _("Arrears for the home"),
    "support_received": _("State support received"),
    "support_past": _("State support of the past"),
    "service_given": _("Social service given"),
    "severe_illness": _("Severe illness confirmed"),
    "gambling_restricted": _("Asked not to be let gamble"),
    "gambling_restricted_until": _("Restriction from gambling until"),
}
VALUES: dict[str, dict[str, Words]] = {
    "": {"true": _("yes"), "false": _("no")},
    "sex": {"male": _("man"), "female": _("woman")},
    "relation": MEMBERS,
    "settlement_class": {
        "republic_city": _("city of national status"),
        "region_city": _("city of a region"),
        "district": _("district centre"),
        "rural_okrug": _("rural district"),
        "rural_settlement": _("village"),
        "unregistered": _("no registration"),
    },
    "tenure": {"owned": _("owned"), "rented": _("rented"), "shared": _("lives with others")},
    "emergency": {
        "flood": _("flood"),
        "fire": _("fire"),
        "earthquake": _("earthquake"),
        "explosion": _("explosion"),
    },
    "disability_group": {"0": _("none")},
    "social_status": {
        "single_parent": _("single parent"),
        "large_family": _("family with many children"),
        "pensioner": _("pensioner"),
        "unemployed": _("out of work"),
    },
    "education_level": {
        "preschool": _("kindergarten"),
        "school": _("school"),
        "college": _("college"),
        "university": _("university"),
        "none": _("does not study"),
    },
    "support_received": {
        "asp": _("targeted social assistance"),
        "large_family": _("benefit for many children"),
        "child_disability": _("benefit for a child with a disability"),
    },
    "service_given": {"home_care": _("care at home"), "day_centre": _("day centre")},
    "ipr_limitation": {
        "mobility": _("movement"),
        "hearing": _("hearing"),
        "sight": _("sight"),
        "mind": _("mental health"),
        "inner": _("inner organs"),
    },
    "ipr_item": {
        "wheelchair_active": _("active wheelchair"),
        "wheelchair_room": _("room wheelchair"),
        "orthopaedic_shoes": _("orthopaedic shoes"),
        "hearing_aid": _("hearing aid"),
        "walking_frame": _("walking frame"),
        "prosthesis": _("prosthesis"),
        "braille_display": _("braille display"),
        "nappies": _("nappies"),
        "rehabilitation_course": _("rehabilitation course"),
        "speech_therapy": _("sessions with a speech therapist"),
        "individual_assistant": _("individual assistant"),
    },
}
DAYS = ("birth_date", "emergency_date", "ipr_valid_until", "gambling_restricted_until")


def fact_name(code: str) -> str:
    """What a fact is about."""
    return str(FACTS.get(code, code.replace("_", " ")))


def member_name(label: str) -> str:
    """«Ребёнок 1» for «child 1»."""
    word, _space, number = label.partition(" ")
    return f"{MEMBERS.get(word, word)} {number}".strip()


def fact_value(code: str, value: str) -> str:
    """The answer as people read it: sums (tiyn) as tenge, days as days, KATO codes as regions."""
    if code.endswith("_tiyn") and value.lstrip("-").isdigit():
        return format_tenge(int(value), language())
    if code in DAYS:
        return _day(value)
    if code == "kato":
        return region_name(value)
    if code == "ipr_item":
        return _item(value)
    if code == "service_given":
        kind, _colon, given_on = value.partition(":")
        return f"{VALUES[code].get(kind, kind.replace('_', ' '))}, {_day(given_on)}"
    if code == "support_past":
        return str(VALUES["support_received"].get(value.partition(":")[0], value))
    return str(VALUES.get(code, VALUES[""]).get(value, value))


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def _item(value: str) -> str:
    """«code:quantity:state|person»; the state's own items say so."""
    code, _first, rest = value.partition(":")
    quantity, _second, giver = rest.partition(":")
    name = VALUES["ipr_item"].get(code, code.replace("_", " "))
    given = str(_("the state gives it")) if giver == "state" else ""
    return ", ".join(part for part in (f"{name} × {quantity}" if quantity else str(name), given) if part)
