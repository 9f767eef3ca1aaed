"""The written terms of surplus money, read once from their dated file."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from demeu.treasury.fallbacks.rules import Terms, Way, terms_on

FILE = Path(__file__).with_name("terms.yaml")


@lru_cache(maxsize=1)
def all_terms() -> tuple[Terms, ...]:
    """Every version."""
    return tuple(
        Terms(row["from"], row["patience_days"], row["answer_days"], Way(row["default"]), Way(row["default_pooled"]))
        for row in yaml.safe_load(FILE.read_text())
    )


def present_terms(day: date) -> Terms:
    """Those that hold on a day."""
    return terms_on(all_terms(), day)
