"""Numbers of kz-2026-and as OpenFisca parameters, copied by hand; money in tenge. Part of `openfisca_rules`."""

from collections.abc import Mapping

from openfisca_core.parameters import ParameterNode

SINCE = "2023-06-29"
MINIMUM = {"2025-01-01": 46_228, "2026-01-01": 50_851}
LIMITS = {"adult": 18, "student": 23, "overdue_days": 90, "overdue": 1_000, "area_a_head": 18, "six_minimums": 4}
AMOUNTS = {
    "credit": 50, "overdue_some": -250, "overdue_every": -500, "commercial_vehicles": 80, "able_bodied": -100,
    "sole_proprietor": 50, "founder": 100, "disability_grave": -250, "disability_light": -100, "disability_child": -150,
    "clinic": -20, "insurance": -20, "chronic": -80, "dispensary": -50, "preschool": -50, "school": -100,
    "housing_cramped": -80, "commercial_property": 80, "land": 150,
    "republic_city": 70, "region_city": 0, "district": -30, "rural_okrug": -50, "rural_settlement": -70,
    "unregistered": -100,
}  # fmt: skip
SCALES: Mapping[str, Mapping[float, int]] = {
    "income_in_minimums": {0: 40, 0.25: 100, 1: 170, 2: 280, 3: 400, 4: 620},
    "passenger_cars": {0: -50, 1: 0, 2: 50, 3: 100},
    "machinery": {0: 0, 1: 100, 2: 200},
    "working": {0: 0, 1: 150, 2: 300},
    "minors": {0: 0, 1: 50, 2: 100, 3: 150, 4: 200},
    "housing": {0: -200, 1: 50, 2: 100, 4: 400, 7: 1000, 12: 2000},
    "smallholding": {0: 50, 500_000: 150, 1_000_000: 350, 2_000_000: 600},
    "category": {-10_000: 1, -458: 2, -30: 3, 730: 4, 1800: 5},
}


def parameters() -> ParameterNode:
    """The tree of parameters: `minimum`, `limits`, `points` and `scales`."""
    data = {
        "minimum": {"values": {day: {"value": value} for day, value in MINIMUM.items()}},
        "limits": {name: _dated(value) for name, value in LIMITS.items()},
        "points": {name: _dated(value) for name, value in AMOUNTS.items()},
        "scales": {name: _scale(steps) for name, steps in SCALES.items()},
    }
    return ParameterNode("", data=data)


def _dated(value: float) -> dict[str, object]:
    return {"values": {SINCE: {"value": value}}}


def _scale(steps: Mapping[float, int]) -> dict[str, object]:
    brackets = [
        {"threshold": {SINCE: {"value": threshold}}, "amount": {SINCE: {"value": amount}}}
        for threshold, amount in steps.items()
    ]
    return {"metadata": {"type": "single_amount"}, "brackets": brackets}
