"""Random families for Hypothesis: every fact around its thresholds, unanswered now and then."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from demeu.contracts.scoring import HouseholdFacts, PersonFacts, SettlementClass

ON = date(2026, 11, 22)
MINIMUM_TIYN = 5_085_100

FLAGS = (
    "able_bodied",
    "working",
    "sole_proprietor",
    "founder",
    "student",
    "disability_childhood",
    "clinic_attached",
    "insured",
    "chronic",
    "dispensary",
    "preschool_enrolled",
    "school_enrolled",
    "has_credit",
)
INCOMES = sorted(
    {0, 1, 10**9}
    | {
        max(0, MINIMUM_TIYN * share // 4 * heads + off)
        for share in (1, 4, 8, 12, 16)
        for heads in (1, 2, 3)
        for off in (-1, 0, 1)
    }
)
PERSON_DOMAINS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(FLAGS, (False, True)),
    "income_monthly_tiyn": tuple(INCOMES),
    "disability_group": (0, 1, 2, 3),
    "overdue_days": (0, 1, 89, 90, 91, 92, 10_000),
    "overdue_tiyn": (0, 1, 99_999, 100_000, 100_001, 10**12),
}
HOUSEHOLD_DOMAINS: dict[str, tuple[Any, ...]] = {
    "settlement_class": tuple(map(str, SettlementClass)),
    "housing_units": tuple(range(14)),
    "housing_area_m2": (0.0, 17.9, 18.0, 18.1, 35.9, 36.0, 53.9, 54.0, 1e9),
    "commercial_property_units": (0, 1, 2),
    "land_plots": (0, 1, 2),
    "smallholding_value_tiyn": (
        0,
        1,
        49_999_999,
        50_000_000,
        99_999_999,
        100_000_000,
        199_999_999,
        200_000_000,
        10**15,
    ),
    "passenger_cars": (0, 1, 2, 3, 4),
    "commercial_vehicles": (0, 1, 2),
    "machinery_kinds": (0, 1, 2, 3),
}
AGES_YEARS = (0, 2, 3, 5, 6, 10, 17, 18, 22, 23, 40, 90)


def answers(domain: tuple[Any, ...], *, nulls: bool) -> st.SearchStrategy[Any]:
    """One answer, or none."""
    given = st.sampled_from(domain)
    return given if not nulls else st.one_of(given, given, given, st.none())


def households(*, nulls: bool = True) -> st.SearchStrategy[HouseholdFacts]:
    """One household."""
    facts = {name: answers(domain, nulls=nulls) for name, domain in HOUSEHOLD_DOMAINS.items()}
    return st.builds(HouseholdFacts, household_id=st.just("h"), kato=st.none(), **facts)


def people(*, nulls: bool = True) -> st.SearchStrategy[tuple[PersonFacts, ...]]:
    """One to three members."""
    births = st.sampled_from(AGES_YEARS).map(lambda years: date(ON.year - years, ON.month, ON.day) - timedelta(days=1))
    facts = {name: answers(domain, nulls=nulls) for name, domain in PERSON_DOMAINS.items()}
    one = st.builds(PersonFacts, person_id=st.just("p"), household_id=st.just("h"), birth_date=births, **facts)
    return st.lists(one, min_size=1, max_size=3).map(
        lambda found: tuple(one.model_copy(update={"person_id": f"p{number}"}) for number, one in enumerate(found))
    )
