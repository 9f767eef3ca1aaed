"""A refusal in the reader's words: by its code, by its kind, never as an identifier."""

import pytest
from django.utils.translation import override

from demeu.kernel.errors import Kind, Refusal, invalid
from demeu.portal.ui.refusals import REFUSALS, TEXTS, TITLES, text_of, title_of


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_an_unknown_code_gets_the_words_of_its_kind(kind: Kind, lang: str) -> None:
    with override(lang):
        refusal = Refusal(kind, "never.heard_of_this")
        assert text_of(refusal) == str(TEXTS[kind])
        assert title_of(refusal) == str(TITLES[kind])
        assert "never" not in text_of(refusal)


def test_a_known_code_gets_its_own_words() -> None:
    with override("en"):
        assert text_of(invalid("money.unreadable", text="abc")) == str(REFUSALS["money.unreadable"])


def test_facts_are_filled_in_and_sums_are_written_as_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REFUSALS, "sample.limit", "At most %(most_tiyn)s for %(count)s people, %(absent)s")
    from demeu.portal.ui import refusals

    refusals.all_refusals.cache_clear()
    try:
        text = text_of(invalid("sample.limit", most_tiyn=750000, count=1200))
    finally:
        refusals.all_refusals.cache_clear()
    assert text.replace("\u00a0", " ") == "At most 7 500 ₸ for 1 200 people, …"
