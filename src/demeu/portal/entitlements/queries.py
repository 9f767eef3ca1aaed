"""Reading the dated list of services."""

from functools import lru_cache
from pathlib import Path

import yaml

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
