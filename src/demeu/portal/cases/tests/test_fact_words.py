"""Facts of the registries in the reader's language."""

import pytest
from django.utils.translation import override

from demeu.portal.cases.fact_words import fact_name, fact_value, member_name


@pytest.mark.parametrize(
    ("code", "value", "ru"),
    [
        ("working", "true", "да"),
        ("income_monthly_tiyn", "7500000", "75\u00a0000\u00a0₸"),
        ("kato", "350000000", "Карагандинская область"),
        ("ipr_item", "wheelchair_room:1:state", "комнатная кресло-коляска × 1, даёт государство"),
        ("social_status", "large_family", "многодетная семья"),
        ("school_grade", "4", "4"),
        ("ipr_valid_until", "unknown", "unknown"),
    ],
)
def test_a_value_is_written_as_people_read_it(code: str, value: str, ru: str) -> None:
    with override("ru"):
        assert fact_value(code, value) == ru


def test_members_keep_their_number() -> None:
    with override("kk"):
        assert member_name("child 2") == "Бала 2"
        assert member_name("household") == "Отбасы"


def test_a_fact_without_words_is_still_shown() -> None:
    with override("ru"):
        assert fact_name("new_kind_of_fact") == "new kind of fact"
