"""Running the invariants: every app's `checks.py` holds SQL that must return no rows."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

ROWS_SHOWN_MAX = 5


@dataclass(frozen=True)
class Invariant:
    """One promise about the data: its SQL finds the rows that break it."""

    name: str
    promise: str
    sql: str


@dataclass(frozen=True)
class Broken:
    """An invariant with rows that break it; rows hold ids and amounts only."""

    name: str
    promise: str
    rows: list[tuple[object, ...]]


def invariants() -> list[Invariant]:
    """Every invariant of the role's apps (`CHECKS` in each app's `checks.py`)."""
    found: list[Invariant] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.checks"
        if config.name.startswith("demeu.") and config.name != "demeu.kernel" and find_spec(name):
            found.extend(import_module(name).CHECKS)
    return found


def broken_invariants() -> list[Broken]:
    """Run all; an empty list is the good answer."""
    broken: list[Broken] = []
    with connection.cursor() as cursor:
        for invariant in invariants():
            cursor.execute(invariant.sql)
            rows = cursor.fetchmany(ROWS_SHOWN_MAX)
            if rows:
                broken.append(Broken(invariant.name, invariant.promise, rows))
    return broken
