"""One text, two engines: on random families the columns say what the plain engine says, nulls and faults included."""

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.scoring.batch.country import score_country
from demeu.scoring.facts import faults, strangers
from demeu.scoring.plain import findings, member
from demeu.scoring.rule_sets import Rules, rules_on
from demeu.scoring.tests.random_country import Country, random_country
from demeu.scoring.verdict import verdict

# A country that fails is found again by its seed; making it smaller would take an hour.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
EXAMPLES = 8
HOUSEHOLDS = 12_500
DAYS = (date(2025, 2, 28), date(2025, 3, 1), date(2026, 11, 22))
TOTAL_LOWEST, TOTAL_HIGHEST = -1670, 4600


def by_the_plain_engine(household: HouseholdFacts, persons: tuple[PersonFacts, ...], rules: Rules) -> dict[str, Any]:
    """One row of `scores.parquet`."""
    *found, six = findings(rules, household, [member(one, rules.on) for one in persons])
    given_ = verdict(found, six, rules)
    return {
        "household_id": household.household_id,
        "category": given_.category,
        "total": given_.total,
        "level": given_.level,
        **{one.ruled.criterion.code: one.points for one in found},
        "unknown": list(given_.unknown),
        "complete": not given_.unknown,
        "range_low": given_.range_low,
        "range_high": given_.range_high,
    }


def by_columns(country: Country, rules: Rules, folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of `scores.parquet` and of `rejected.parquet`."""
    scored = score_country(country.write(folder / "facts"), folder / "out", rules=rules.rule_set.id, on=rules.on)
    scores, rejected = (
        pq.read_table(folder / "out" / f"{name}.parquet").to_pylist() for name in ("scores", "rejected")
    )
    assert scored.households == len(country.households)
    assert scored.accepted == len(scores)
    assert scored.accepted + scored.rejected == scored.households
    assert scored.rejected_rows == len(rejected)
    return scores, rejected


@pytest.mark.timeout(900)
@settings(max_examples=EXAMPLES, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    nulls=st.sampled_from([0.0, 0.02, 0.1, 0.5]),
    id=st.sampled_from(["kz-2026-and", "kz-2026-or"]),
    on=st.sampled_from(DAYS),
)
def test_columns_say_what_the_plain_engine_says(seed: int, nulls: float, id: str, on: date) -> None:
    country, rules = random_country(seed, HOUSEHOLDS, on, nulls=nulls), rules_on(id, on)
    with tempfile.TemporaryDirectory() as folder:
        scores, rejected = by_columns(country, rules, Path(folder))
    assert rejected == []
    found = {row["household_id"]: row for row in scores}
    assert len(found) == len(scores) == HOUSEHOLDS
    for household, persons in country.families():
        row = found[household.household_id]
        assert row == by_the_plain_engine(household, persons, rules)
        assert list(row) == list(by_the_plain_engine(household, persons, rules))
        assert TOTAL_LOWEST <= row["range_low"] <= row["range_high"] <= TOTAL_HIGHEST


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.002, 0.05, 0.5]), on=st.sampled_from(DAYS))
def test_columns_reject_what_the_plain_engine_rejects(seed: int, share: float, on: date) -> None:
    country, rules = random_country(seed, 1_000, on, nulls=0.1, faults=share), rules_on(None, on)
    with tempfile.TemporaryDirectory() as folder:
        scores, rejected = by_columns(country, rules, Path(folder))
    expected: Counter[tuple[str, ...]] = Counter()
    accepted = {}
    homes = {home["household_id"] for home in country.households}
    for household, persons in country.families():
        wrong = faults(household, persons, on)
        expected.update(tuple(fault.row.model_dump().values()) for fault in wrong)
        if not wrong:
            accepted[household.household_id] = by_the_plain_engine(household, persons, rules)
    nobodys = [PersonFacts.model_construct(**one) for one in country.persons if one["household_id"] not in homes]
    alone = strangers(HouseholdFacts.model_construct(household_id="?"), nobodys)
    expected.update(tuple(fault.row.model_dump().values()) for fault in alone)
    assert Counter(tuple(row.values()) for row in rejected) == expected
    assert {row["household_id"]: row for row in scores} == accepted
    assert rejected == sorted(rejected, key=lambda row: tuple(row.values()))
