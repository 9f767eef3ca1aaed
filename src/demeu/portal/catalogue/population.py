"""Reading the edition of the reference population that the publication guard counts in."""

from functools import lru_cache
from pathlib import Path

import yaml

from demeu.portal.catalogue.crowd import Population


@lru_cache(maxsize=1)
def reference_population() -> Population:
    """The edition in force."""
    held = yaml.safe_load((Path(__file__).parent / "reference_population.yaml").read_text())
    return Population(
        edition=held["edition"],
        people={code.ljust(9, "0"): count for code, count in held["people"].items()},
        ages=held["ages"],
        households=held["households"],
        need=held["need"],
    )
