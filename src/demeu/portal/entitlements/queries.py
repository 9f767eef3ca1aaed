"""Reading the dated list of services."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from demeu.kernel.money import parse_tenge
from demeu.portal.entitlements.rules import Service


@lru_cache(maxsize=1)
def services() -> tuple[Service, ...]:
    """All eleven, by number."""
    listed = yaml.safe_load((Path(__file__).parent / "services.yaml").read_text())["services"]
    return tuple(
        Service(
            number=row["number"],
            names={lang: row[f"name_{lang}"] for lang in ("kk", "ru", "en")},
            who=frozenset(row["who"]),
            needs=frozenset(row["needs"]),
            condition_known=row["condition_mark"] == "source",
            budget=row["budget"],
            term_working_days=row["term_working_days"],
            source=row["source"],
        )
        for row in listed
    )


def service(number: int) -> Service:
    """One service by its number."""
    return next(found for found in services() if found.number == number)


@lru_cache(maxsize=1)
def _minimums() -> dict[int, int]:
    listed = yaml.safe_load((Path(__file__).parent / "minimum.yaml").read_text())["years"]
    return {int(year): parse_tenge(str(row["tenge"])) for year, row in listed.items()}


def minimum_tiyn(on: date) -> int | None:
    """The subsistence minimum (ПМ) in force that year, tiyn a month; None for a year that is not known."""
    return _minimums().get(on.year)
