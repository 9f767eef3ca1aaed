"""A case is shown only as finely as enough people and enough kinds of need hide it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.portal.catalogue.crowd import AGES_IN, COUNTRY, Cell, Population, crowd, fitted, ladder
from demeu.portal.catalogue.population import reference_population

POPULATION = reference_population()
cells = st.builds(
    Cell,
    st.sampled_from([*POPULATION.people, "351200000", COUNTRY, "999900000"]),
    st.sampled_from(["", *POPULATION.ages, *AGES_IN, "9"]),
    st.sampled_from(["", *POPULATION.households, "unheard_of"]),
)


def test_the_shares_of_the_table_add_up() -> None:
    assert sum(POPULATION.ages.values()) == pytest.approx(1)
    assert sum(POPULATION.households.values()) == pytest.approx(1)
    assert len(POPULATION.people) == 20


def test_a_district_that_the_table_has_not_is_widened_to_its_region() -> None:
    cell, found = fitted(POPULATION, Cell("351200000", "6-11", "single_parent"))
    assert cell == Cell("350000000", "6-11", "single_parent")
    assert found.enough


def test_a_household_too_rare_is_not_shown() -> None:
    small = Population("t", {"620000000": 600}, POPULATION.ages, POPULATION.households, POPULATION.need)
    cell, found = fitted(small, Cell("620000000", "6-11", "grandparents"))
    assert crowd(small, [Cell("620000000", "6-11", "grandparents")]).people < 11
    assert found.enough and cell.household_type != "grandparents"


def test_nothing_is_published_when_even_the_whole_country_does_not_hide_it() -> None:
    tiny = Population("t", {"620000000": 8}, POPULATION.ages, POPULATION.households, POPULATION.need)
    with pytest.raises(Refusal) as refused:
        fitted(tiny, Cell("620000000", "6-11"))
    assert refused.value.code == "guard.too_few"


def test_releases_are_counted_together() -> None:
    first, second = Cell("350000000", "6-11", ""), Cell("610000000", "6-11", "")
    assert crowd(POPULATION, [first, second]).people == 0
    with pytest.raises(Refusal):
        fitted(POPULATION, second, [first, Cell("790000000")])


@given(cells, st.lists(cells, max_size=2))
def test_what_is_released_always_hides_enough_people(cell: Cell, before: list[Cell]) -> None:
    try:
        found, hidden = fitted(POPULATION, cell, before)
    except Refusal:
        assert not any(crowd(POPULATION, [*before, one]).enough for one in ladder(cell))
        return
    assert hidden.people >= 11 and hidden.needs >= 3
    assert hidden == crowd(POPULATION, [*before, found])


@given(cells)
def test_every_step_of_the_ladder_ends_with_nothing_shown(cell: Cell) -> None:
    assert ladder(cell)[-1] == Cell(COUNTRY)
