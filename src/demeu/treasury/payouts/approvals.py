"""Who must approve a payout of which amount: dated data and the rule over it. Reads one file, decides purely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from demeu.kernel.errors import forbidden

FILE = Path(__file__).with_name("approvals.yaml")
TIYN = 100


@dataclass(frozen=True)
class Level:
    """Up to this amount (None = any) so many people of each role approve."""

    up_to_tiyn: int | None
    approvals: Mapping[str, int]


@dataclass(frozen=True)
class Release:
    """Levels in force from a day on, the smallest amount first."""

    begins: date
    levels: tuple[Level, ...]


@lru_cache(maxsize=1)
def releases() -> tuple[Release, ...]:
    """The data of `approvals.yaml`, the oldest release first; raises `ValueError` when they cannot be right."""
    return read_releases(yaml.safe_load(FILE.read_text())["releases"])


def read_releases(rows: Sequence[Mapping[str, Any]]) -> tuple[Release, ...]:
    """Releases as written, checked: dates grow, amounts grow, the last level has no limit, nothing goes unapproved."""
    found = tuple(Release(row["from"], tuple(_level(level) for level in row["levels"])) for row in rows)
    days = [release.begins for release in found]
    if not found or days != sorted(set(days)):
        raise ValueError("releases of approvals must be dated in growing order")
    for release in found:
        limits = [level.up_to_tiyn for level in release.levels]
        amounts = [limit for limit in limits[:-1] if limit is not None]
        if limits[-1] is not None or len(amounts) != len(limits) - 1 or amounts != sorted(set(amounts)):
            raise ValueError("levels of approvals must grow, and the last one has no limit")
        if any(not level.approvals or min(level.approvals.values()) < 1 for level in release.levels):
            raise ValueError("every level of approvals needs somebody")
    return found


def required_approvals(amount_tiyn: int, day: date, known: Sequence[Release] | None = None) -> dict[str, int]:
    """Role → how many of it must approve this amount, by the release of the day (the first one before its time)."""
    given = known or releases()
    release = next((one for one in reversed(given) if one.begins <= day), given[0])
    level = next(one for one in release.levels if one.up_to_tiyn is None or amount_tiyn <= one.up_to_tiyn)
    return dict(level.approvals)


def lacking_approvals(required: Mapping[str, int], given: Sequence[str]) -> dict[str, int]:
    """Role → how many approvals are still to come, after those given by people in these roles."""
    left = {role: count - given.count(role) for role, count in required.items()}
    return {role: count for role, count in left.items() if count > 0}


def check_needed(role: str, required: Mapping[str, int], given: Sequence[str]) -> None:
    """Refuse an approval in a role that is not awaited (any more): `payout.role_not_awaited`."""
    if role not in lacking_approvals(required, given):
        raise forbidden("payout.role_not_awaited", role=role)


def _level(row: Mapping[str, Any]) -> Level:
    limit = row.get("up_to_tenge")
    return Level(None if limit is None else int(limit) * TIYN, dict(row["approvals"]))
