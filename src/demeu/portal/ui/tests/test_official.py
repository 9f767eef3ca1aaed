"""What people read of the ministry's category beside ours."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from demeu.contracts.scoring import Assessment, CategorySix
from demeu.contracts.vault import Assessed, OfficialCategory
from demeu.contracts.words import Registry
from demeu.kernel.ids import new_id

AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def shown(official: int | None, lang: str = "en") -> str:
    verdict = Assessment(
        category=2, total=-260, level="D", indicators=(), unknown=(), complete=True, range_low=-260, range_high=-260,
        category_low=2, category_high=2, rule_set="kz-2026-and", rule_set_hash="0" * 64, on=date(2026, 11, 22),
        category_six=CategorySix(fired=False, possible=False, reason="", source="", confirmed=True),
    )  # fmt: skip
    told = official and OfficialCategory(category=official, source=Registry.MTSZN, as_of=AT)
    assessed = Assessed(assessment=new_id(), household=new_id(), made_at=AT, verdict=verdict, official=told or None)
    with translation.override(lang):
        return render_to_string("ui/parts/official.html", {"assessed": assessed})


def test_a_difference_names_both_and_says_which_binds() -> None:
    text = shown(5)
    assert 'data-official="5"' in text
    assert "The ministry&#x27;s category is 5" in text or "The ministry's category is 5" in text
    assert "by our count it is 2" in text


def test_the_same_category_is_said_quietly() -> None:
    assert "gives the same category" in shown(2)
    assert "by our count" not in shown(2)


def test_nothing_is_said_where_the_ministry_is_silent() -> None:
    assert shown(None).strip() == ""


@pytest.mark.parametrize(("lang", "said"), [("ru", "Категория министерства — 5"), ("kk", "Министрліктің санаты — 5")])
def test_it_is_said_in_the_readers_language(lang: str, said: str) -> None:
    assert said in shown(5, lang)
