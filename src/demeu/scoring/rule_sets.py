"""Released rule sets: dated numbers read from YAML, hashed, and refused if they are not what was released.

A rule set is a folder; it holds every number of the methodology. Nothing here decides anything.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from demeu.kernel.errors import invalid, not_found
from demeu.scoring.category_six import READINGS
from demeu.scoring.criteria import CRITERIA
from demeu.scoring.criteria.language import Criterion, Limits, Outcomes

FOLDER = Path(__file__).parent / "rules"
NOT_HASHED = {"changelog.yaml"}


class RuleSetChanged(Exception):
    """A released rule set is immutable: copy the folder under a new id instead of editing it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named outcome of a criterion and the points it gives."""

    name: str
    points: int


@dataclass(frozen=True)
class Ruled:
    """A criterion with the numbers in force on a date. `sources`: ids; `confirmed`: none of them is our own reading."""

    criterion: Criterion
    limits: Limits
    outcomes: Outcomes
    sources: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Rules:
    """A rule set as it stands on one date."""

    rule_set: "RuleSet"
    on: date
    criteria: tuple[Ruled, ...]
    category_six: Ruled
    levels: tuple[tuple[str, int], ...]
    categories: Mapping[str, int]


@dataclass(frozen=True)
class RuleSet:
    """A released folder: id, titles and sources in three languages, canonical sha256, change log."""

    id: str
    hash: str
    default: bool
    released: date
    title: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]
    changelog: tuple[Mapping[str, Any], ...]
    files: Mapping[str, Any]


def canonical_hash(files: Mapping[str, Any]) -> str:
    """The sha256 over the parsed content of all files but the change log; layout and comments do not count."""
    content = {name: parsed for name, parsed in files.items() if name not in NOT_HASHED}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_folder(folder: Path) -> dict[str, Any]:
    """Every YAML file below `folder`, parsed, by its path inside it."""
    paths = sorted(folder.rglob("*.yaml"))
    return {path.relative_to(folder).as_posix(): yaml.safe_load(path.read_text("utf-8")) for path in paths}


@cache
def released() -> Mapping[str, RuleSet]:
    """All rule sets by id; raises `RuleSetChanged` when a folder differs from its released hash."""
    register = yaml.safe_load((FOLDER / "released.yaml").read_text("utf-8"))
    return {id: _rule_set(id, register["hashes"][id], default=id == register["default"]) for id in register["hashes"]}


def _rule_set(id: str, released_hash: str, *, default: bool) -> RuleSet:
    files = read_folder(FOLDER / id)
    found = canonical_hash(files)
    if found != released_hash:
        raise RuleSetChanged(f"{id}: content hashes to {found}, released was {released_hash}")
    about = files["rule_set.yaml"]
    return RuleSet(
        id=id,
        hash=found,
        default=default,
        released=about["released"],
        title=about["title"],
        sources=about["sources"],
        changelog=tuple(files["changelog.yaml"]),
        files=files,
    )


def rule_set(id: str | None) -> RuleSet:
    """The rule set of that id, or the default one; raises `rules.unknown`."""
    for found in released().values():
        if found.id == id or (id is None and found.default):
            return found
    raise not_found("rules.unknown", rules=str(id)[:64], known=list(released()))


@lru_cache(maxsize=64)
def rules_on(id: str | None, on: date) -> Rules:
    """The numbers in force on a date; raises `rules.unknown`, `score.no_minimum`."""
    chosen = rule_set(id)
    shared = chosen.files["parameters.yaml"]["limits"]
    if not _in_force(shared["minimum_tiyn"], on):
        raise invalid("score.no_minimum", on=on.isoformat(), rules=chosen.id)
    verdict = chosen.files["verdict.yaml"]
    levels = {name: _value(entries, on) for name, entries in verdict["levels"].items()}
    return Rules(
        rule_set=chosen,
        on=on,
        criteria=tuple(_ruled(one, chosen.files[f"criteria/{one.code}.yaml"], shared, on) for one in CRITERIA),
        category_six=_ruled(READINGS[verdict["reading"]], verdict, shared, on),
        levels=tuple(sorted(levels.items(), key=lambda item: -item[1])),
        categories={name: _value(entries, on) for name, entries in verdict["categories"].items()},
    )


def _in_force(entries: list[dict[str, Any]], on: date) -> dict[str, Any] | None:
    current = [one for one in entries if one["from"] <= on <= one.get("until", date.max)]
    return max(current, key=lambda one: one["from"], default=None)


def _entry(entries: list[dict[str, Any]], on: date) -> dict[str, Any]:
    entry = _in_force(entries, on)
    if entry is None:
        raise invalid("score.no_parameter", on=on.isoformat())
    return entry


def _value(entries: list[dict[str, Any]], on: date) -> Any:
    """The value in force; a text «1/4» is an exact fraction."""
    value = _entry(entries, on)["value"]
    return Fraction(value) if isinstance(value, str) and "/" in value else value


def _ruled(criterion: Criterion, file: dict[str, Any], shared: dict[str, Any], on: date) -> Ruled:
    thresholds = {name: shared[name] for name in file.get("uses", ())} | file.get("limits", {})
    used = [_entry(entries, on) for entries in [*thresholds.values(), *file["outcomes"].values()]]
    limits = {name: _value(entries, on) for name, entries in thresholds.items()}
    outcomes = {name: Outcome(name, _value(entries, on)) for name, entries in file["outcomes"].items()}
    return Ruled(
        criterion=criterion,
        limits=SimpleNamespace(**limits),
        outcomes=SimpleNamespace(**outcomes),
        sources=tuple(dict.fromkeys(entry["source"] for entry in used)),
        confirmed=all(entry["confirmed"] for entry in used),
    )
