"""A case is shown only as finely as enough people and enough kinds of need hide it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.portal.anonymity.reference import read_population, reference_population, write_population
from demeu.portal.anonymity.rules import (
    AGES_IN,
    COUNTRY,
    WITH_CHILDREN,
    Cell,
    Known,
    Population,
    betrayed,
    crowd,
    fitted,
    hides,
    ladder,
    shown_attributes,
)

POPULATION = reference_population()
GROUPS = sorted(POPULATION.need)
DISTRICT, REGION = "351000000", "350000000"
HOUSEHOLDS = sorted({kind for cells in POPULATION.people.values() for _, kind in cells})
cells = st.builds(
    Cell,
    st.sampled_from([DISTRICT, REGION, "620000000", COUNTRY, "999900000"]),
    st.sampled_from(["", "0-5", "60+", *AGES_IN, "9"]),
    st.sampled_from(["", *HOUSEHOLDS, "unheard_of"]),
)
knowns = st.builds(
    Known,
    st.sampled_from(["", *GROUPS]),
    st.lists(cells, max_size=2).map(tuple),
    st.frozensets(st.sampled_from(GROUPS), max_size=4),
)


def small(people: float, need: float = 0.5) -> Population:
    """A country of one district where everybody is alike."""
    return Population("t", {DISTRICT: {("6-11", "two_parent"): people}}, {group: {"6-11": need} for group in GROUPS})


def test_the_table_holds_twenty_regions_their_districts_and_nobody_twice() -> None:
    codes = set(POPULATION.people)
    assert len({code[:2] for code in codes}) == 20
    assert 20_300_000 < crowd(POPULATION, [Cell(COUNTRY)]).people <= 20_420_000
    regions = {code[:2].ljust(9, "0") for code in codes}
    assert sum(crowd(POPULATION, [Cell(code)]).people for code in regions) == crowd(POPULATION, [Cell(COUNTRY)]).people


def test_a_table_reads_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    assert write_population(file, "x", ["made up"], {DISTRICT: {("6-11", "couple"): 12.9, ("0-5", "single"): 0.4}}) == 1
    read = read_population(file)
    assert (read.edition, read.people) == ("x", {DISTRICT: {("6-11", "couple"): 12}})


@pytest.mark.parametrize(("people", "place"), [(22, DISTRICT), (21, None)])
def test_eleven_are_enough_and_ten_are_not(people: int, place: str | None) -> None:
    known = Known(GROUPS[0], needs_of_cases=frozenset(GROUPS[:3]))
    if place is None:
        with pytest.raises(Refusal) as refused:
            fitted(small(people), Cell(DISTRICT, "6-11"), known)
        assert refused.value.code == "guard.too_few" and refused.value.facts["people"] == 10
    else:
        assert fitted(small(people), Cell(DISTRICT, "6-11"), known)[0] == Cell(DISTRICT, "6-11")


def test_a_district_is_shown_only_where_its_public_cases_are_of_three_kinds() -> None:
    many, two = Known("poor_homeless", (), frozenset(GROUPS[:3])), Known("poor_homeless", (), frozenset(GROUPS[:2]))
    assert fitted(POPULATION, Cell(DISTRICT), many)[0] == Cell(DISTRICT)
    assert fitted(POPULATION, Cell(DISTRICT), two)[0] == Cell(REGION)


def test_a_district_that_the_table_has_not_is_widened_to_its_region() -> None:
    cell, found = fitted(POPULATION, Cell("359999999", "6-11", "single_parent"), Known("", (), frozenset(GROUPS)))
    assert cell == Cell(REGION, "6-11", "single_parent")
    assert found.enough


def test_a_rare_need_widens_what_a_common_one_does_not() -> None:
    asked, kinds_of_need = Cell(DISTRICT, "18-59", "two_parent"), frozenset(GROUPS)
    rare, _ = fitted(POPULATION, asked, Known("emergency_violence_victims", (), kinds_of_need))
    common, _ = fitted(POPULATION, asked, Known("poor_homeless", (), kinds_of_need))
    assert common == asked and rare != asked


def test_releases_are_counted_together() -> None:
    first, second = Cell(REGION, "6-11"), Cell("610000000", "6-11")
    assert crowd(POPULATION, [first, second]).people == 0
    with pytest.raises(Refusal):
        fitted(POPULATION, second, Known("", (first, Cell("790000000"))))


def test_a_later_release_may_not_make_an_earlier_one_finer() -> None:
    narrow = Population(
        "t",
        {DISTRICT: {("6-11", "couple"): 30, ("12-17", "couple"): 8, ("0-5", "couple"): 8}},
        {group: dict.fromkeys(("0-5", "6-11", "12-17"), 1.0) for group in GROUPS},
    )
    known = Known("", (Cell(DISTRICT, "0-17"),), frozenset(GROUPS))
    assert fitted(narrow, Cell(DISTRICT, "12-17"), known)[0] == Cell(DISTRICT, "0-17")


def test_a_sign_that_tells_a_household_goes_with_it() -> None:
    signs = ("debts", "large_family", "single_parent")
    assert shown_attributes(signs, Cell(REGION)) == ("debts",)
    assert shown_attributes(signs, Cell(REGION, "", "large_family")) == ("debts", "large_family")


def test_a_sign_of_children_counts_only_households_with_children() -> None:
    [cell] = betrayed(("children",))
    assert cell.household_type == WITH_CHILDREN and betrayed(("debts",)) == ()
    assert crowd(POPULATION, [Cell(REGION, "60+"), cell]).people < crowd(POPULATION, [Cell(REGION, "60+")]).people


@settings(max_examples=60, deadline=None)
@given(cells, knowns)
def test_what_is_released_always_hides_enough_people(cell: Cell, known: Known) -> None:
    try:
        found, hidden = fitted(POPULATION, cell, known)
    except Refusal:
        assert not any(hides(POPULATION, one, known).enough for one in ladder(cell))
        return
    assert hidden.people >= 11 and hidden.needs >= 3
    assert hidden == hides(POPULATION, found, known)


@given(cells)
def test_every_step_of_the_ladder_ends_with_nothing_shown(cell: Cell) -> None:
    assert ladder(cell)[-1] == Cell(COUNTRY)
