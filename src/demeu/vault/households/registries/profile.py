"""How a registry is asked: for which uses, how long, how often, how long its facts count as fresh.

What an operator has not confirmed is configuration: a TOML file (`DEMEU_VAULT_REGISTRIES`) may change every value.
A profile never widens what a consent allows; it can only narrow it.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from demeu.contracts.words import Purpose

ANY_USE = frozenset({Purpose.ASSESSMENT, Purpose.CASE_REVIEW, Purpose.HOME_VISIT, Purpose.OWN_DATA, Purpose.PUPIL_AID})
MONEY_USES = ANY_USE - {Purpose.HOME_VISIT}
HEALTH_USES = ANY_USE - {Purpose.HOME_VISIT, Purpose.PUPIL_AID}
REVIEW_USES = frozenset({Purpose.CASE_REVIEW, Purpose.OWN_DATA})
NOT_CONFIRMED = "not confirmed with the operator"


@dataclass(frozen=True)
class Profile:
    """`time_limit_s` for one question, `tries_max` before a gathering goes on without it, `fresh_days` of its facts,
    `answer_s_max` for an answer over AsyncChannel, `basis`: where the message shape comes from."""

    uses: frozenset[Purpose]
    basis: str
    time_limit_s: float = 10.0
    tries_max: int = 6
    fresh_days: int = 30
    answer_s_max: int = 900
    service_names: tuple[tuple[str, str], ...] = ()

    def wire_name(self, service: str) -> str:
        """The serviceId at ШЭП of a service of ours."""
        return dict(self.service_names).get(service, service)


LIMITS: dict[str, tuple[float, float]] = {
    "time_limit_s": (0.1, 120),
    "tries_max": (1, 20),
    "fresh_days": (1, 365),
    "answer_s_max": (1, 30 * 86_400),
}


def configured(name: str, built_in: Profile, file: Path) -> Profile:
    """The profile with what the file says of the registry; another key or a value out of bounds is an error."""
    if not file.is_file():
        return built_in
    found = _read(file, file.stat().st_mtime_ns).get(name, {})
    return replace(built_in, **{key: _value(key, value) for key, value in found.items()}) if found else built_in


def _value(key: str, value: Any) -> Any:
    if key == "service_names":
        return tuple(sorted((str(ours), str(theirs)) for ours, theirs in value.items()))
    if key == "basis":
        return str(value)
    least, most = LIMITS[key]
    if not least <= value <= most:
        raise ValueError(f"{key} of a registry must lie between {least:g} and {most:g}")
    return value


@lru_cache(maxsize=2)
def _read(file: Path, changed_ns: int) -> dict[str, dict[str, Any]]:
    return tomllib.loads(file.read_text())
