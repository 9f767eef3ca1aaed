"""When movements of one party are worth an alert: thresholds, splitting, velocity, the same sum. Pure; dated data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import conflict, forbidden

FILE = Path(__file__).with_name("rules.yaml")
TIYN = 100
DECISIONS = ("clear", "report")
GROUNDS = ("usual_business", "explained_by_papers", "not_explained", "listed_person", "related_people")
# Alerts that no rule over movements raises: a listed payee, a payee who is an officer or a donor.
LISTED, RELATED, PHOTO = "listed", "related", "photo_twice"


class Kind(StrEnum):
    """What a rule looks for."""

    THRESHOLD = "threshold"
    STRUCTURING = "structuring"
    VELOCITY = "velocity"
    SAME_SUM = "same_sum"


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    DECIDED = "decided"


@dataclass(frozen=True)
class Movement:
    """Money of one party, in (a gift) or out (a payout)."""

    id: str
    at: datetime
    amount_tiyn: int
    party: str
    direction: str


@dataclass(frozen=True)
class Rule:
    """One rule of a release. `holds`: a payout that meets it waits for the decision."""

    name: str
    kind: Kind
    direction: str
    at_least_tiyn: int
    window: timedelta
    parts_min: int
    holds: bool


@dataclass(frozen=True)
class Release:
    """Rules in force from a day on."""

    begins: date
    confirmed: bool
    decide_within: timedelta
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Alarm:
    """A rule that was met: by whom, with which movements, and the facts that explain it."""

    rule: str
    party: str
    direction: str
    movements: tuple[str, ...]
    upto: datetime
    facts: Mapping[str, int]
    holds: bool


@lru_cache(maxsize=1)
def releases() -> tuple[Release, ...]:
    """All releases of `rules.yaml`, the oldest first."""
    return tuple(_release(row) for row in yaml.safe_load(FILE.read_text())["releases"])


def release_on(day: date) -> Release:
    """The release in force on a day (the first one before its time)."""
    return next((one for one in reversed(releases()) if one.begins <= day), releases()[0])


def longest_window(release: Release) -> timedelta:
    """How far back a scan must look."""
    return max(rule.window for rule in release.rules)


def alarms(movements: Iterable[Movement], release: Release) -> list[Alarm]:
    """Every rule met by every party, in the order of rules and parties; the order of the movements does not matter."""
    by_party: dict[tuple[str, str], list[Movement]] = {}
    for movement in sorted(set(movements), key=lambda one: (one.at, one.id)):
        by_party.setdefault((movement.party, movement.direction), []).append(movement)
    found = []
    for rule in release.rules:
        for (_, direction), own in sorted(by_party.items()):
            if direction == rule.direction:
                met = _met(rule, own)
                found += [_alarm(rule, met)] if met else []
    return found


def check_open(state: AlertState, wanted: AlertState, alert: str) -> None:
    """Refuse a step that the alert's state does not allow: `alert.wrong_state`."""
    if state is not wanted:
        raise conflict("alert.wrong_state", alert=alert, state=state.value)


def check_second(proposed_by: str, decided_by: str) -> None:
    """Who proposed does not decide: `alert.same_person`."""
    if proposed_by == decided_by:
        raise forbidden("alert.same_person")


def _met(rule: Rule, own: Sequence[Movement]) -> Sequence[Movement]:
    """The newest movements that meet the rule; none when it is not met."""
    match rule.kind:
        case Kind.THRESHOLD:
            return [one for one in own if one.amount_tiyn >= rule.at_least_tiyn]
        case Kind.STRUCTURING:
            small = [one for one in own if one.amount_tiyn < rule.at_least_tiyn]
            return _newest(part for part in _windows(small, rule) if _total(part) >= rule.at_least_tiyn)
        case Kind.VELOCITY:
            return _newest(_windows(own, rule))
        case Kind.SAME_SUM:
            return _newest(part for part in _same_sums(own, rule))


def _windows(own: Sequence[Movement], rule: Rule) -> Iterator[Sequence[Movement]]:
    """For each movement those within the window that ends with it, where they are enough."""
    for last in range(len(own)):
        part = [one for one in own[: last + 1] if own[last].at - one.at <= rule.window]
        if len(part) >= rule.parts_min:
            yield part


def _same_sums(own: Sequence[Movement], rule: Rule) -> Iterator[Sequence[Movement]]:
    for amount in sorted({one.amount_tiyn for one in own}):
        same = [one for one in own if one.amount_tiyn == amount]
        for part in _windows(same, rule):
            if len({one.at.astimezone(ALMATY).date() for one in part}) >= rule.parts_min:
                yield part


def _newest(parts: Iterable[Sequence[Movement]]) -> Sequence[Movement]:
    return max(parts, key=lambda part: (part[-1].at, len(part), part[-1].id), default=())


def _alarm(rule: Rule, met: Sequence[Movement]) -> Alarm:
    facts = {"count": len(met), "total_tiyn": _total(met), "window_h": int(rule.window.total_seconds() // 3600)}
    facts |= {"at_least_tiyn": rule.at_least_tiyn} if rule.at_least_tiyn else {}
    ids = tuple(one.id for one in met)
    return Alarm(rule.name, met[-1].party, rule.direction, ids, met[-1].at, facts, rule.holds)


def _total(part: Sequence[Movement]) -> int:
    return sum(one.amount_tiyn for one in part)


def _release(row: Mapping[str, Any]) -> Release:
    rules = tuple(
        Rule(
            name=name,
            kind=Kind(rule["kind"]),
            direction=rule["direction"],
            at_least_tiyn=int(rule.get("at_least_tenge", 0)) * TIYN,
            window=timedelta(hours=rule.get("window_h", 24)),
            parts_min=int(rule.get("parts_min", 1)),
            holds=bool(rule["holds"]),
        )
        for name, rule in row["rules"].items()
    )
    return Release(row["from"], row["law_threshold_confirmed"], timedelta(hours=row["decide_within_h"]), rules)
