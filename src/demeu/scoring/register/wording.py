"""Words, numbers and days of the register's pages in one language."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from demeu.kernel.money import MINUS, NO_BREAK_SPACE, format_tenge
from demeu.scoring.register.document import Texts
from demeu.scoring.texts import read_yaml
from demeu.scoring.trace import messages

LANGUAGES = ("kk", "ru", "en")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FRACTIONS = {"1/4": "¼", "1/2": "½", "3/4": "¾"}


def bound(text: str) -> str:
    """With no-break spaces after short words and before short numbers: none is left alone at the end of a line."""
    text = re.sub(r"(?<![\w-])(\w{1,2}|№) (?=\w)", f"\\1{NO_BREAK_SPACE}", text)
    return re.sub(r"(?<=\w) (?=\d{1,2}\b)", NO_BREAK_SPACE, text)


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_yaml(Path(__file__).parent / "words.yaml")
    return words


class Wording:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.plain = {
            name: bound(said[lang]) for name, said in _words().items() if isinstance(said, dict) and lang in said
        }

    def __getitem__(self, name: str) -> str:
        return str(self.plain[name])

    def of(self, texts: Texts) -> str:
        """A text of the register in this language."""
        return bound(str(getattr(texts, self.lang)))

    def limit(self, name: str) -> str:
        """What a threshold is for; nothing where its value says it all."""
        said = _words()["limits"].get(name)
        return str(said[self.lang]) if said else ""

    def all(self, name: str) -> Any:
        """A list or a table of texts in this language."""
        said = _words()[name]
        if isinstance(said, list):
            return [bound(one[self.lang]) for one in said]
        return {key: bound(one[self.lang]) for key, one in said.items()}

    def signed(self, number: int) -> str:
        """With a real minus."""
        return f"{MINUS}{-number}" if number < 0 else str(number)

    def day(self, day: date) -> str:
        """As it is read here: 22.11.2026; in English 22 Nov 2026."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if self.lang == "en" else f"{day:%d.%m.%Y}"

    def span(self, since: date, until: date | None) -> str:
        """Days from and to."""
        if until is None:
            return self["since"].format(day=self.day(since))
        return self["span"].format(low=self.day(since), high=self.day(until))

    def between(self, low: int | None, high: int | None) -> str:
        """Points from and to; an open end in words."""
        if low is None:
            return self["at_most"].format(n=self.signed(high or 0))
        if high is None:
            return self["at_least"].format(n=self.signed(low))
        return self["between"].format(low=self.signed(low), high=self.signed(high))

    def number(self, value: int | str, unit: str) -> str:
        """A number of the methodology with its unit."""
        if unit == "settlement class":
            return str(messages("units")["settlement"][value][self.lang])
        if unit.startswith("tiyn"):
            written = format_tenge(int(value), self.lang)
        else:
            written = self.signed(value) if isinstance(value, int) else FRACTIONS.get(value, value)
        return str(_words()["units"][unit][self.lang]).format(n=written)
