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

from demeu.kernel.errors import invalid, not_found
from demeu.scoring.criteria.language import Criterion, Limits, Outcomes
from demeu.scoring.texts import CRITERIA, READINGS, NoSuchText, Text, Words, read_yaml, text, text_hash, written_in

FOLDER = Path(__file__).parent / "rules"
NOT_HASHED = {"changelog.yaml", "gaps.yaml"}


class RuleSetChanged(Exception):
    """A released rule set is immutable: copy the folder under a new id instead of editing it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named outcome of a criterion and the points it gives."""

    name: str
    points: int


@dataclass(frozen=True, eq=False)
class Ruled:
    """A criterion with its words and the numbers in force on a date; itself only, so that it can be a key.

    `sources`: ids of where the numbers stand, `source` the same in words; `confirmed`: none of them is our own reading.
    """

    criterion: Criterion
    words: Words
    limits: Limits
    outcomes: Outcomes
    sources: tuple[str, ...]
    source: Mapping[str, str]
    confirmed: bool


@dataclass(frozen=True, eq=False)
class Rules:
    """A rule set as it stands on one date."""

    rule_set: "RuleSet"
    on: date
    criteria: tuple[Ruled, ...]
    category_six: Ruled
    levels: tuple[tuple[str, int], ...]
    categories: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class RuleSet:
    """A released folder: id, titles and sources in three languages, the codes of its criteria, sha256, change log."""

    id: str
    hash: str
    default: bool
    released: date
    title: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]
    criteria: tuple[str, ...]
    changelog: tuple[Mapping[str, Any], ...]
    files: Mapping[str, Any]


def canonical_hash(files: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The sha256 over the parsed numbers and the hashes of the texts; layout, comments, change log do not count."""
    numbers = {name: parsed for name, parsed in files.items() if name not in NOT_HASHED}
    content = {"numbers": numbers, "texts": texts}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_folder(folder: Path) -> dict[str, Any]:
    """Every YAML file below `folder`, parsed, by its path inside it."""
    paths = sorted(folder.rglob("*.yaml"))
    return {path.relative_to(folder).as_posix(): read_yaml(path) for path in paths}


def hashes_of_texts(files: Mapping[str, Any]) -> dict[str, str]:
    """The hash of each text that a rule set is written in, by the name of its module below scoring."""
    criteria = [f"{CRITERIA}.{code}.criterion" for code in files["rule_set.yaml"]["criteria"]]
    reading = f"{READINGS}.{files['verdict.yaml']['reading']}.criterion"
    return {name: text_hash(name) for one in (*criteria, reading) for name in written_in(one)}


@cache
def released(folder: Path = FOLDER) -> Mapping[str, RuleSet]:
    """All rule sets of `folder` by id; raises `RuleSetChanged` when numbers or texts are not what was released."""
    register = read_yaml(folder / "released.yaml")
    hashes, texts = register["hashes"], register["texts"]
    return {id: _rule_set(folder / id, hashes[id], texts, default=id == register["default"]) for id in hashes}


def _rule_set(folder: Path, released_hash: str, released_texts: Mapping[str, str], *, default: bool) -> RuleSet:
    files = read_folder(folder)
    try:
        texts = hashes_of_texts(files)
    except NoSuchText as error:
        raise RuleSetChanged(f"{folder.name}: {error}") from None
    found = canonical_hash(files, texts)
    changed = [f"{name}: its text hashes to {hash}" for name, hash in texts.items() if released_texts.get(name) != hash]
    if changed or found != released_hash:
        changed.append(f"{folder.name}: numbers and texts hash to {found}, released was {released_hash}")
        raise RuleSetChanged("\n".join(changed))
    about = files["rule_set.yaml"]
    return RuleSet(
        id=folder.name,
        hash=found,
        default=default,
        released=about["released"],
        title=about["title"],
        sources=about["sources"],
        criteria=tuple(about["criteria"]),
        changelog=tuple(files["changelog.yaml"]),
        files=files,
    )


def rule_set(id: str | None, folder: Path = FOLDER) -> RuleSet:
    """The rule set of that id, or the default one; raises `rules.unknown`."""
    for found in released(folder).values():
        if found.id == id or (id is None and found.default):
            return found
    raise not_found("rules.unknown", rules=str(id)[:64], known=list(released(folder)))


@lru_cache(maxsize=64)
def rules_on(id: str | None, on: date, folder: Path = FOLDER) -> Rules:
    """The numbers in force on a date; raises `rules.unknown`, `score.no_minimum`."""
    chosen = rule_set(id, folder)
    if not _in_force(chosen.files["parameters.yaml"]["limits"]["minimum_tiyn"], on):
        raise invalid("score.no_minimum", on=on.isoformat(), rules=chosen.id)
    verdict = chosen.files["verdict.yaml"]
    levels = {name: _value(entries, on) for name, entries in verdict["levels"].items()}
    return Rules(
        rule_set=chosen,
        on=on,
        criteria=tuple(
            _ruled(text(CRITERIA, code), chosen.files[f"criteria/{code}.yaml"], chosen, on) for code in chosen.criteria
        ),
        category_six=_ruled(text(READINGS, verdict["reading"]), verdict, chosen, on),
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


def _ruled(written: Text, file: dict[str, Any], chosen: RuleSet, on: date) -> Ruled:
    shared = chosen.files["parameters.yaml"]["limits"]
    thresholds = {name: shared[name] for name in file.get("uses", ())} | file.get("limits", {})
    used = [_entry(entries, on) for entries in [*thresholds.values(), *file["outcomes"].values()]]
    limits = {name: _value(entries, on) for name, entries in thresholds.items()}
    outcomes = {name: Outcome(name, _value(entries, on)) for name, entries in file["outcomes"].items()}
    sources = tuple(dict.fromkeys(entry["source"] for entry in used))
    return Ruled(
        criterion=written.criterion,
        words=written.words,
        limits=SimpleNamespace(**limits),
        outcomes=SimpleNamespace(**outcomes),
        sources=sources,
        source={lang: "; ".join(chosen.sources[id][lang] for id in sources) for lang in chosen.title},
        confirmed=all(entry["confirmed"] for entry in used),
    )
