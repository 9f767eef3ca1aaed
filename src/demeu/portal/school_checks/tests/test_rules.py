"""What a request must hold, how a list is read, and that no hidden figure can be worked out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.portal.school_checks.reading import ROWS_MAX, TEMPLATE, Fault, read_requests
from demeu.portal.school_checks.rules import (
    COLUMNS,
    SHOWN_LEAST,
    CheckState,
    Figures,
    Quarter,
    faults_of,
    for_the_public,
    moved,
    quarter_named,
    quarter_of,
    tidy,
)
from demeu.portal.school_checks.tests.cast import IIN, OTHER_IIN, PHONE, request

ON = date(2026, 11, 22)
CHILD = "150101500001"


def read(text: str, taken: frozenset[str] = frozenset()) -> tuple[int, tuple[Fault, ...]]:
    requests, faults = read_requests(text.encode(), on=ON, taken=taken)
    return len(requests), faults


@pytest.mark.parametrize(
    ("bad", "reasons"),
    [
        (request(), ()),
        (request(phone=""), ()),
        (request(number="Серікова"), ("number_unreadable",)),
        (request(iin="900101200011"), ("iin_wrong",)),
        (request(iin="12"), ("iin_wrong",)),
        (request(iin=CHILD), ("iin_of_a_child",)),
        (request(phone="12"), ("phone_wrong",)),
        (request(number="", iin="", phone="x"), ("number_unreadable", "iin_wrong", "phone_wrong")),
    ],
)
def test_every_fault_of_a_request_is_named(bad: object, reasons: tuple[str, ...]) -> None:
    assert faults_of(bad, ON) == reasons  # type: ignore[arg-type]


def test_a_number_is_taken_as_people_write_it() -> None:
    assert tidy(" 12/2026 ", "9001 0120 0010", PHONE) == request()


def test_no_category_without_consent_and_none_after_it_ended() -> None:
    for state in (CheckState.RECEIVED, CheckState.ASKED, CheckState.REFUSED, CheckState.WITHDRAWN):
        with pytest.raises(Refusal, match=r"state\.no_such_move"):
            moved(state, CheckState.ASSESSED)


@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_list_is_read_with_either_separator_and_empty_lines(delimiter: str) -> None:
    text = f"number;iin;phone\r\n12/2026;{IIN};{PHONE}\r\n\r\n13;{OTHER_IIN};\r\n".replace(";", delimiter)
    assert read("\ufeff" + text) == (2, ())


def test_every_bad_line_is_named_with_its_reason() -> None:
    text = f"number;iin;phone\n1;{IIN};\n1;12;\n3;{IIN};\n4;{CHILD};x\nonly two;columns\n"
    count, faults = read(text, taken=frozenset({"3"}))
    assert count == 4
    assert [(fault.line, fault.reason) for fault in faults] == [
        (3, "iin_wrong"),
        (3, "number_repeated"),
        (4, "number_repeated"),
        (4, "iin_repeated"),
        (5, "iin_of_a_child"),
        (5, "phone_wrong"),
        (6, "columns_wrong"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "not_utf8"),
        (b"", "header_wrong"),
        (b"iin;phone\n", "header_wrong"),
        (b"number;iin;phone\n", "no_rows"),
        (b"number;iin;phone\n" + b"1;2;3\n" * (ROWS_MAX + 1), "too_many_rows"),
        (b"x" * 70_000, "file_too_large"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(content: bytes, reason: str) -> None:
    requests, faults = read_requests(content, on=ON, taken=())
    assert (requests, [fault.reason for fault in faults]) == ((), [reason])


def test_the_template_has_the_columns_and_is_refused_until_it_is_filled_in() -> None:
    assert read(TEMPLATE)[1] == (Fault(2, "iin_wrong"),)


def test_quarters_do_not_overlap_and_follow_each_other() -> None:
    assert quarter_of(date(2026, 12, 31)) == Quarter(2026, 4) == quarter_named("2026-q4")
    assert Quarter(2026, 4).next == Quarter(2027, 1)
    assert Quarter(2026, 4).first_day == date(2026, 10, 1)
    assert quarter_named("2026-q5") is None


CELLS = st.integers(0, 60)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6).map(
    lambda cells: [Figures(f"{place:02}0000000", *one) for place, one in enumerate(cells)]
)


@given(rows=ROWS)
def test_no_hidden_cell_can_be_worked_out_from_the_total(rows: list[Figures]) -> None:
    public, total = for_the_public(rows)
    for name in COLUMNS:
        true, shown = [getattr(row, name) for row in rows], [getattr(row, name) for row in public]
        assert all(cell is None or cell == real >= SHOWN_LEAST for cell, real in zip(shown, true, strict=True))
        hidden = [real for cell, real in zip(shown, true, strict=True) if cell is None]
        whole = getattr(total, name)
        assert whole is None or whole == sum(true) >= SHOWN_LEAST
        if hidden and whole is not None:
            assert len(hidden) > 1
            assert sum(hidden) >= SHOWN_LEAST


def test_large_figures_are_shown_as_they_are() -> None:
    rows = [Figures("350000000", 202, 15_000, 40), Figures("790000000", 115, 7_382, 34)]
    public, total = for_the_public(rows)
    assert public == tuple(rows)
    assert (total.schools, total.requests, total.category_six) == (317, 22_382, 74)
