"""Replies in three languages, texts complete in all of them."""

import re

import pytest

from demeu.vault.messages import rules


@pytest.mark.parametrize("text", ["1", "ДА", "да!", "Иә", "ия", "YES", "ok", "Алдым", "Получила", "иә, алдым", " 1. "])
def test_these_mean_yes(text: str) -> None:
    assert rules.answer_of(text) == "yes"


@pytest.mark.parametrize(
    "text", ["0", "НЕТ", "жоқ", "Жок", "no", "не получила", "алмадым", "not received", "нет, не получил"]
)
def test_these_mean_no(text: str) -> None:
    assert rules.answer_of(text) == "no"


@pytest.mark.parametrize("text", ["", "?", "10", "да нет", "не да", "а кто это", "ИӘ не забудьте позвонить потом"])
def test_these_are_asked_again(text: str) -> None:
    assert rules.answer_of(text) == "unclear"


def test_every_template_is_written_in_every_language_with_the_same_facts() -> None:
    for texts in rules.TEMPLATES.values():
        assert set(texts) == {"kk", "ru", "en"}
        assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts.values()}) == 1


def test_the_promised_templates_exist() -> None:
    promised = {
        "sign_code", "application_submitted", "facts_gathered", "category_known", "visit_planned", "case_published",
        "delivery_confirm", "decision_refused", "consent_withdrawn",
    }  # fmt: skip
    assert promised <= set(rules.TEMPLATES)


def test_a_missing_fact_or_template_gives_no_text() -> None:
    assert rules.text_of("sign_code", "kk", {}) is None
    assert rules.text_of("no_such", "kk", {}) is None
    assert "123456" in (rules.text_of("sign_code", "kk", {"digits": "123456", "more": "ignored"}) or "")
