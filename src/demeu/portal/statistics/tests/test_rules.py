"""Small cells are hidden so that no shown total gives them away; evenness is measured."""

from hypothesis import given, settings
from hypothesis import strategies as st

from demeu.portal.statistics.rules import FAMILIES_LEAST, gini, hidden_cells, hidden_in_line

COUNTS = st.integers(min_value=0, max_value=40)


def test_a_cell_under_eleven_takes_the_next_smallest_with_it() -> None:
    hidden, total_too = hidden_in_line({"a": 4, "b": 30, "c": 12, "d": 0})
    assert hidden == {"a", "c"} and not total_too


def test_two_small_cells_that_make_eleven_hide_nothing_more() -> None:
    assert hidden_in_line({"a": 5, "b": 6, "c": 50}) == ({"a", "b"}, False)


def test_the_total_is_hidden_when_nothing_else_can_be() -> None:
    assert hidden_in_line({"a": 4, "b": 0}) == ({"a"}, True)


def test_a_large_table_hides_nothing() -> None:
    assert hidden_cells({(row, column): 11 for row in "ab" for column in "xy"}).cells == frozenset()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_hidden_cell_can_be_calculated_from_the_totals_that_are_shown(table: list[list[int]]) -> None:
    counts = {(row, column): count for row, line in enumerate(table) for column, count in enumerate(line)}
    found = hidden_cells(counts)
    for cell, count in counts.items():
        assert (cell in found.cells) or count == 0 or count >= FAMILIES_LEAST
    for axis, silent in ((0, found.rows), (1, found.columns)):
        for line in {cell[axis] for cell in counts} - silent:
            gone = [counts[cell] for cell in found.cells if cell[axis] == line]
            assert not gone or (len(gone) > 1 and sum(gone) >= FAMILIES_LEAST)


def test_help_that_is_alike_for_all_is_even_and_help_for_one_is_not() -> None:
    assert gini({0.5: 10}) == 0
    assert gini({0.0: 99, 1.0: 1}) == 0.99
    assert gini({0.0: 5}) is None
