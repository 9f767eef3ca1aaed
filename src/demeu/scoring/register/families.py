"""An example family told on a page: how it differs from the base family, and what must come out."""

from datetime import date
from typing import Any

from demeu.kernel.money import format_tenge
from demeu.scoring.examples import baseline
from demeu.scoring.register.document import KitExample
from demeu.scoring.register.wording import Wording
from demeu.scoring.trace import DECIMAL_POINT, messages


def told(example: KitExample, code: str, words: Wording) -> dict[str, Any]:
    """The family as the criterion `code` sees it."""
    expected, bounds = example.expected, example.expected.bounds[code]
    known = bounds.low == bounds.high
    return {
        "name": example.name if words.lang == "en" else "",
        "on": words["assessed_on"].format(day=words.day(example.on)) if example.on != baseline()["day"] else "",
        "differs": _differences(example, words),
        "points": words.signed(expected.points[code]) if known else words.between(bounds.low, bounds.high),
        "known": known,
    }


def _differences(example: KitExample, words: Wording) -> list[str]:
    """Each member and the household where they differ from the base family."""
    start = baseline()
    home = example.household.model_dump(exclude={"household_id"})
    lines = [_line(words["household"], _differing(home, start["household"], words))]
    many = len(example.persons) > 1
    for number, person in enumerate(example.persons, start=1):
        facts = person.model_dump(exclude={"household_id", "person_id"})
        differing = _differing(facts, start["member"], words)
        if many or differing:
            lines.append(_line(words["member"].format(n=number), differing or [words["same"]]))
    return [line for line in lines if line] or [words["same"]]


def _line(whose: str, differing: list[str]) -> str:
    return f"{whose}: {'; '.join(differing)}" if differing else ""


def _differing(facts: dict[str, Any], start: dict[str, Any], words: Wording) -> list[str]:
    titles = {"birth_date": {words.lang: words["birth_date"]}, **messages("facts")}
    return [
        f"{titles[name][words.lang]} {_answer(name, fact, words)}"
        for name, fact in facts.items()
        if fact != start[name] and name in titles
    ]


def _answer(name: str, fact: Any, words: Wording) -> str:
    if fact is None:
        return f"— {words['unanswered']}"
    if isinstance(fact, bool):
        return f"— {words['yes' if fact else 'no']}"
    if isinstance(fact, date):
        return words.day(fact)
    if name.endswith("_tiyn"):
        return format_tenge(fact, words.lang)
    if name == "settlement_class":
        return f"— {messages('units')['settlement'][fact][words.lang]}"
    unit = "\u00a0м²" if name.endswith("_m2") and words.lang != "en" else "\u00a0m²" if name.endswith("_m2") else ""
    return f"{fact:.15g}".replace(".", DECIMAL_POINT[words.lang]) + unit
