"""Templates: whole in every language, within the parts that their authors promised, without links."""

import re

import pytest

from demeu.vault.messages import wording
from demeu.vault.messages.parts import measure

EVERY = [(template, lang) for template in wording.TEMPLATES.values() for lang in wording.LANGUAGES]


@pytest.mark.parametrize(
    ("text", "alphabet", "signs", "parts"),
    [
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" * 9, "GSM-7", 170, 2),
        ("a" * 152 + "€" * 77, "GSM-7", 306, 3),
        ("қ" * 70, "UCS-2", 70, 1),
        ("қ" * 71, "UCS-2", 71, 2),
        ("қ" * 134, "UCS-2", 134, 2),
        ("қ" * 135, "UCS-2", 135, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("қ" * 66 + "😀" * 34, "UCS-2", 134, 3),
        ("", "GSM-7", 0, 1),
    ],
)
def test_parts_are_counted_as_operators_do(text: str, alphabet: str, signs: int, parts: int) -> None:
    found = measure(text)
    assert (found.alphabet, found.signs, found.parts) == (alphabet, signs, parts)


def test_no_template_takes_more_parts_than_promised() -> None:
    assert wording.too_long() == []


def test_a_template_that_grew_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = wording.TEMPLATES["ask_again"]
    text = {**grown.text, "kk": grown.text["kk"] + " " + "қ" * 20}
    longer = wording.Template(**{**grown.__dict__, "text": text})
    monkeypatch.setitem(wording.TEMPLATES, "ask_again", longer)
    assert wording.too_long() == ["ask_again/kk: 2 parts, 1 promised"]


@pytest.mark.parametrize(("template", "lang"), EVERY)
def test_a_template_is_whole(template: wording.Template, lang: wording.Language) -> None:
    assert template.title[lang] and len(template.title[lang]) <= 50
    assert wording.places_of(template, lang) == set(template.facts)
    assert not re.search(r"https?:|www\.|\.kz\b", template.text[lang])


def test_the_promised_templates_exist() -> None:
    promised = {
        "sign_code", "application_submitted", "facts_gathered", "category_known", "visit_planned", "case_published",
        "delivery_confirm", "decision_refused", "consent_withdrawn",
    }  # fmt: skip
    assert promised <= set(wording.TEMPLATES)


def test_a_missing_or_overlong_fact_and_a_missing_template_give_no_text() -> None:
    assert wording.text_of("sign_code", "kk", {}) is None
    assert wording.text_of("sign_code", "kk", {"digits": "1234567"}) is None
    assert wording.text_of("no_such", "kk", {}) is None
    assert "123456" in (wording.text_of("sign_code", "kk", {"digits": "123456", "more": "ignored"}) or "")
