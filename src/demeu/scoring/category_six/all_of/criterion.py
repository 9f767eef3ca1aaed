"""All four conditions together: the ministry's own text."""

from demeu.scoring.category_six.conditions import conditions, reading
from demeu.scoring.criteria.language import Facts, Limits, Outcomes, Value, When


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Fires when homes, cars, a business and a high income are all there."""
    homes, cars, business, income = conditions(household, limits)
    return when(homes & cars & business & income, outcomes.fired, outcomes.not_fired)


CRITERION = reading(outcome)
