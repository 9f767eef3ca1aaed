"""Numbers, days and short words in three languages."""

import itertools
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from demeu.portal.ui import scale, wording
from demeu.portal.ui.regions import REGIONS, region_name


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("ru", "9 октября 2026"), ("kk", "2026 ж. 9 қазан"), ("en", "9 October 2026")],
)
def test_a_day_is_written_as_each_language_writes_it(lang: str, expected: str) -> None:
    with override(lang):
        assert wording.day(date(2026, 10, 9)).replace("\u00a0", " ") == expected


def test_a_moment_is_shown_in_almaty_time() -> None:
    with override("ru"):
        shown = wording.moment_text(datetime(2026, 11, 21, 19, 30, tzinfo=UTC))
    assert shown.replace("\u00a0", " ") == "22 ноября 2026, 00:30"


def test_thousands_hold_together_and_minus_is_a_minus() -> None:
    assert wording.grouped(1248) == "1\u00a0248"
    assert wording.signed(-260) == "−260"
    assert wording.signed(150) == "+150"
    assert wording.signed(0) == "0"


@pytest.mark.parametrize("word", ["в", "с", "и", "не", "на", "В", "от"])
def test_a_short_word_holds_on_to_the_next(word: str) -> None:
    assert wording.tidy(f"{word} дом") == f"{word}\u00a0дом"


def test_two_short_words_in_a_row_both_hold_on() -> None:
    assert wording.tidy("и в доме") == "и\u00a0в\u00a0доме"


def test_the_end_of_a_longer_word_is_not_a_short_word() -> None:
    assert wording.tidy("дети с мамой") == "дети с\u00a0мамой"
    assert wording.tidy("семьи рады") == "семьи рады"


def test_there_are_twenty_regions_named_in_three_languages() -> None:
    assert len(REGIONS) == 20
    assert [region_name("351000000", lang) for lang in ("kk", "ru", "en")] == [
        "Қарағанды облысы",
        "Карагандинская область",
        "Karaganda Region",
    ]


def test_every_region_stands_on_the_map() -> None:
    assert all(0 < x < 1000 and 0 < y < 560 for x, y in (region.place() for region in REGIONS.values()))


def test_the_steps_of_the_scale_leave_no_gap() -> None:
    limits = [scale.bounds(number) for number in range(1, 6)]
    for lower, upper in itertools.pairwise(limits):
        assert lower is not None and upper is not None
        assert lower[1] is not None and upper[0] == lower[1] + 1


def test_only_the_present_step_carries_the_point() -> None:
    marked = [step.number for step in scale.steps(2, -260, -310, -260) if step.point is not None]
    assert marked == [2]


def test_the_sixth_category_is_no_sum_of_points() -> None:
    assert all(step.point is None for step in scale.steps(6, 5000))
