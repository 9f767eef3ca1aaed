"""Why: every indicator with its value, points, reason and source in the reader's language.

The reason is the message of the outcome that the calculation itself reached; nothing is decided a second time here.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from demeu.contracts.scoring import CategorySix, Indicator
from demeu.kernel.money import MINUS, format_tenge
from demeu.scoring.plain import Finding, Span
from demeu.scoring.rule_sets import Ruled, RuleSet
from demeu.scoring.texts import read_yaml

FOLDER = Path(__file__).parent / "messages"
DECIMAL_POINT = {"kk": ",", "ru": ",", "en": "."}


@cache
def messages(part: str) -> Mapping[str, Any]:
    """One file of messages: `reasons`, `units`, `facts`, `report`; every text in kk, ru and en."""
    return cast(Mapping[str, Any], read_yaml(FOLDER / f"{part}.yaml"))


def explain(finding: Finding, members: int, rule_set: RuleSet, lang: str) -> Indicator:
    """One line of the explanation."""
    ruled = finding.ruled
    return Indicator(
        code=ruled.criterion.code,
        title=ruled.words["title"][lang],
        group=ruled.criterion.group,
        points=finding.points,
        low=finding.low,
        high=finding.high,
        value=_value(finding, members, lang),
        reason=_reason(finding, lang),
        source=_source(ruled, rule_set, lang),
        confirmed=ruled.confirmed,
    )


def explain_six(finding: Finding, rule_set: RuleSet, lang: str) -> CategorySix:
    """What the rule of category 6 found."""
    state = "unknown" if finding.outcome is None else finding.outcome.name
    return CategorySix(
        fired=finding.low > 0,
        possible=finding.high > 0,
        reason=finding.ruled.words["reasons"][state][lang],
        source=_source(finding.ruled, rule_set, lang),
        confirmed=finding.ruled.confirmed,
    )


def _reason(finding: Finding, lang: str) -> str:
    if finding.outcome is not None:
        return cast(str, finding.ruled.words["reasons"][finding.outcome.name][lang])
    labels = messages("facts")
    asked = ", ".join(labels[fact][lang] for fact in finding.ruled.criterion.asked)
    text = cast(str, messages("reasons")["unknown"][lang])
    return text.format(asked=asked, low=_signed(finding.low), high=_signed(finding.high))


def _signed(points: int) -> str:
    return f"{MINUS}{-points}" if points < 0 else str(points)


def _source(ruled: Ruled, rule_set: RuleSet, lang: str) -> str:
    return "; ".join(rule_set.sources[source][lang] for source in ruled.sources)


def _value(finding: Finding, members: int, lang: str) -> str | None:
    """What was answered, readable without the table; None when nothing was answered or the answers leave it open."""
    if finding.outcome is None:
        return None
    shown = [
        _written(span, unit, members, lang)
        for name, unit in finding.ruled.criterion.shown.items()
        if (span := finding.read[name]) is not None
    ]
    return "; ".join(shown) or None


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
