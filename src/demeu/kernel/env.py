"""Settings come from environment variables only; each is declared once, here, with its help line.

A declared variable is remembered in `DECLARED`, from which the reference page is written and checked.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, default as text (None = required or absent) and what it is for."""

    name: str
    default: str | None
    help: str


class SettingError(Exception):
    """A setting is missing or unusable; the message names the variable and the fix."""


DECLARED: dict[str, Setting] = {}


def _read(name: str, default: str | None, help: str) -> str | None:
    DECLARED[name] = Setting(name, default, help)
    return os.environ.get(name, default)


def text(name: str, *, default: str = "", help: str) -> str:
    """A text setting; `default` when the variable is absent."""
    return _read(name, default, help) or ""


def required(name: str, *, help: str) -> str:
    """A text setting without which the process cannot start."""
    found = _read(name, None, help)
    if not found:
        raise SettingError(f"{name} is not set: {help}")
    return found


def integer(name: str, *, default: int, help: str) -> int:
    """A whole number."""
    found = _read(name, str(default), help) or str(default)
    try:
        return int(found)
    except ValueError:
        raise SettingError(f"{name} must be a whole number, not {found!r}: {help}") from None


def flag(name: str, *, default: bool, help: str) -> bool:
    """Yes or no: 1/0, true/false, yes/no."""
    found = (_read(name, "1" if default else "0", help) or "0").strip().lower()
    if found not in {"1", "0", "true", "false", "yes", "no"}:
        raise SettingError(f"{name} must be 1 or 0, not {found!r}: {help}")
    return found in {"1", "true", "yes"}


def choice(name: str, *, among: tuple[str, ...], default: str, help: str) -> str:
    """One of a few words."""
    found = _read(name, default, help) or default
    if found not in among:
        raise SettingError(f"{name} must be one of {', '.join(among)}, not {found!r}: {help}")
    return found


def folder(name: str, *, default: str, help: str) -> Path:
    """A folder; it need not exist yet."""
    return Path(_read(name, default, help) or default)
