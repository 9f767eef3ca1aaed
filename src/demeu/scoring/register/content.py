"""What the register says, gathered from the released rule sets, their texts and the example families. Pure reading."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from demeu.contracts.scoring import Assessment
from demeu.scoring.examples import Example, examples
from demeu.scoring.register.document import (
    Bounds,
    Change,
    Expected,
    Fact,
    Gap,
    Kit,
    KitExample,
    LevelOf,
    Number,
    Outcome,
    Period,
    Register,
    Rule,
    RuleSetEntry,
    Source,
    Texts,
)
from demeu.scoring.rule_sets import RuleSet, released
from demeu.scoring.texts import CRITERIA, READINGS, read_yaml, source_of, text, text_hash
from demeu.scoring.trace import messages

FOLDER = Path(__file__).parent
LEVELS = ("E", "D", "C", "B", "A")


def register() -> Register:
    """Every released rule set; the default one first."""
    sets = sorted(released().values(), key=lambda one: (not one.default, one.id))
    return Register(
        rule_sets=tuple(_entry(one) for one in sets),
        groups={code: Texts(**said) for code, said in read_yaml(FOLDER / "words.yaml")["groups"].items()},
        gaps=tuple(Gap.model_validate(gap) for gap in read_yaml(FOLDER / "gaps.yaml")),
    )


def kit() -> Kit:
    """Every example family with the whole result."""
    hashes = {id: one.hash for id, one in released().items()}
    return Kit(rule_sets=hashes, examples=tuple(_example(one) for one in examples()))


def _entry(one: RuleSet) -> RuleSetEntry:
    verdict = one.files["verdict.yaml"]
    return RuleSetEntry(
        id=one.id,
        sha256=one.hash,
        default=one.default,
        released=one.released,
        title=Texts(**one.title),
        sources=tuple(Source(id=id, title=Texts(**said)) for id, said in one.sources.items()),
        shared=tuple(_numbers(one.files["parameters.yaml"]["limits"])),
        criteria=tuple(_rule(CRITERIA, code, one.files[f"criteria/{code}.yaml"]) for code in one.criteria),
        levels=tuple(_level(name, verdict) for name in LEVELS),
        category_six=_rule(READINGS, verdict["reading"], verdict),
        changes=tuple(_change(entry) for entry in one.changelog),
    )


def _rule(kind: str, code: str, file: Mapping[str, Any]) -> Rule:
    written, name = text(kind, code), f"{kind}.{code}.criterion"
    reading = written.words.get("reading")
    outcomes = tuple(
        Outcome(name=reached, reason=Texts(**written.words["reasons"][reached]), points=tuple(_dated(reached, entries)))
        for reached, entries in file["outcomes"].items()
    )
    limits = tuple(_numbers(file.get("limits", {})))
    return Rule(
        code=code,
        group=written.criterion.group,
        title=Texts(**written.words["title"]),
        reads=tuple(_reads(written.criterion.asked, source_of(name))),
        reading=Texts(**reading) if reading else None,
        confirmed=all(number.confirmed for number in (*limits, *(one for each in outcomes for one in each.points))),
        outcomes=outcomes,
        limits=limits,
        uses=tuple(file.get("uses", ())),
        text=source_of(name),
        text_sha256=text_hash(name),
    )


def _reads(asked: tuple[str, ...], source: str) -> Iterator[Fact]:
    """The facts a rule asks for; the day of birth, which is never unanswered, where it looks at an age."""
    for fact in asked:
        yield Fact(name=fact, title=Texts(**messages("facts")[fact]))
    if "person.age" in source:
        yield Fact(name="birth_date", title=Texts(**read_yaml(FOLDER / "words.yaml")["birth_date"]))


def _numbers(entries: Mapping[str, Any]) -> Iterator[Number]:
    for name, dated in entries.items():
        yield from _dated(name, dated)


def _dated(name: str, entries: list[dict[str, Any]]) -> Iterator[Number]:
    for entry in entries:
        yield Number(
            name=name,
            value=entry["value"],
            unit=entry["unit"],
            valid_from=entry["from"],
            valid_until=entry.get("until"),
            source=entry["source"],
            confirmed=entry["confirmed"],
        )


def _level(name: Any, verdict: Mapping[str, Any]) -> LevelOf:
    return LevelOf(
        level=name,
        total=tuple(_dated(name, verdict["levels"].get(name, []))),
        category=tuple(_dated(name, verdict["categories"][name])),
    )


def _change(entry: Mapping[str, Any]) -> Change:
    return Change(
        day=entry["date"],
        change=Texts(**entry["change"]),
        impacted_periods=tuple(Period(since=one["from"], until=one["until"]) for one in entry["impacted_periods"]),
        impacted_categories=tuple(entry["impacted_categories"]),
    )


def _example(one: Example) -> KitExample:
    request, found = one.request(), one.assessed()
    return KitExample(
        name=one.family,
        group=one.file,
        rule_set=found.rule_set,
        on=one.day,
        watches=tuple(dict.fromkeys([*one.points, *one.bounds])),
        household=request.household,
        persons=request.persons,
        expected=_expected(found),
    )


def _expected(found: Assessment) -> Expected:
    taken = ("category", "level", "total", "unknown", "complete", "range_low", "range_high")
    return Expected(
        **{name: getattr(found, name) for name in (*taken, "category_low", "category_high")},
        points={one.code: one.points for one in found.indicators},
        bounds={one.code: Bounds(low=one.low, high=one.high) for one in found.indicators},
        six_fired=found.category_six.fired,
        six_possible=found.category_six.possible,
    )
