"""Why: every indicator with its value, points, reason and source in the reader's language.

The reason is the message of the outcome that the calculation itself reached; nothing is decided a second time here.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from demeu.contracts.scoring import CategorySix, Indicator
from demeu.kernel.money import MINUS, format_tenge
from demeu.scoring.plain import Finding, Span
from demeu.scoring.rule_sets import Ruled
from demeu.scoring.texts import read_yaml

FOLDER = Path(__file__).parent / "messages"
LINES_KEPT = 10_000
DECIMAL_POINT = {"kk": ",", "ru": ",", "en": "."}


@cache
def messages(part: str) -> Mapping[str, Any]:
    """One file of messages: `reasons`, `units`, `facts`, `report`; every text in kk, ru and en."""
    return cast(Mapping[str, Any], read_yaml(FOLDER / f"{part}.yaml"))


def explain(finding: Finding, lang: str) -> Indicator:
    """One line of the explanation, written once for all families that share the finding."""
    line = finding.lines.get(lang)
    if line is None:
        line = _line(finding.ruled, finding.outcome and finding.outcome.name, finding.low, finding.high, lang)
        line = finding.lines[lang] = line.model_copy(update={"value": _value(finding, lang)})
    return line


@lru_cache(maxsize=LINES_KEPT)
def _line(ruled: Ruled, outcome: str | None, low: int, high: int, lang: str) -> Indicator:
    """The line without its value."""
    return Indicator(
        code=ruled.criterion.code,
        title=ruled.words["title"][lang],
        group=ruled.criterion.group,
        points=low if low == high else 0,
        low=low,
        high=high,
        value=None,
        reason=ruled.words["reasons"][outcome][lang] if outcome else _unanswered(ruled, low, high, lang),
        source=ruled.source[lang],
        confirmed=ruled.confirmed,
    )


def explain_six(finding: Finding, lang: str) -> CategorySix:
    """What the rule of category 6 found."""
    state = "unknown" if finding.outcome is None else finding.outcome.name
    return _line_of_six(finding.ruled, state, finding.low > 0, finding.high > 0, lang)


@lru_cache(maxsize=LINES_KEPT)
def _line_of_six(ruled: Ruled, state: str, fired: bool, possible: bool, lang: str) -> CategorySix:
    return CategorySix(
        fired=fired,
        possible=possible,
        reason=ruled.words["reasons"][state][lang],
        source=ruled.source[lang],
        confirmed=ruled.confirmed,
    )


def _unanswered(ruled: Ruled, low: int, high: int, lang: str) -> str:
    labels = messages("facts")
    asked = ", ".join(labels[fact][lang] for fact in ruled.criterion.asked)
    text = cast(str, messages("reasons")["unknown"][lang])
    return text.format(asked=asked, low=_signed(low), high=_signed(high))


def _signed(points: int) -> str:
    return f"{MINUS}{-points}" if points < 0 else str(points)


def _value(finding: Finding, lang: str) -> str | None:
    """What was answered, readable without the table; None when nothing was answered or the answers leave it open."""
    if finding.outcome is None:
        return None
    units = finding.ruled.criterion.shown.values()
    shown = zip(finding.shown, units, strict=True)
    return "; ".join(_written(span, unit, finding.members, lang) for span, unit in shown if span is not None) or None


def _written(span: Span, unit: str, members: int, lang: str) -> str:
    low, high = span
    text = messages("units")[unit]
    if unit == "settlement":
        return cast(str, text[low][lang])
    amount = _amount(low, unit, members, lang)
    if high != low:
        open_ended = unit == "tiyn_per_member"
        amount = f"≥ {amount}" if open_ended else f"{amount}–{_amount(high, unit, members, lang)}"
    return cast(str, text[lang].format(n=amount))


def _amount(amount: int | float, unit: str, members: int, lang: str) -> str:
    if unit == "tiyn_per_member":
        return format_tenge(int(amount) // members, lang)
    if unit == "tiyn":
        return format_tenge(int(amount), lang)
    return f"{amount:.15g}".replace(".", DECIMAL_POINT[lang])
