"""Income a head, in subsistence minimums. Monthly, the average of the last 12 months, all sources."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Total, Value, When, reaches


def enough(limits: Limits, members: Value) -> Value:
    """A household income in tiyn that reaches the highest band whatever is added."""
    return limits.share_highest * limits.minimum_tiyn * members


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None at no income at all; else the band, lower bound inclusive. Order 267, group Пдк."""
    income_tiyn = household.income_tiyn
    band = outcomes.under_quarter
    band = when(reaches(income_tiyn, limits.share_quarter, household, limits), outcomes.under_one, band)
    band = when(reaches(income_tiyn, limits.share_one, household, limits), outcomes.under_two, band)
    band = when(reaches(income_tiyn, limits.share_two, household, limits), outcomes.under_three, band)
    band = when(reaches(income_tiyn, limits.share_three, household, limits), outcomes.under_four, band)
    band = when(reaches(income_tiyn, limits.share_highest, household, limits), outcomes.highest, band)
    return when(income_tiyn <= limits.nothing_tiyn, outcomes.none, band)


CRITERION = Criterion(
    code="income_per_capita",
    group="income_and_loans",
    measures={"income_tiyn": Total(of="income_monthly_tiyn", enough=enough)},
    outcome=outcome,
    shown={"income_tiyn": "tiyn_per_member"},
)
