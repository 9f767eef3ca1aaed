"""Families a lawyer can read: what each answers and what must come out. Tests run them; the register publishes them.

A family names only what differs from `baseline.yaml`. Sums may stand in tenge (`_tenge`) instead of tiyn.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from demeu.contracts.scoring import Assessment, AssessRequest
from demeu.scoring.assess import assess
from demeu.scoring.texts import read_yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """A family in words, what it answers and what must come out."""

    family: str
    file: str
    day: date
    household: dict[str, Any] = field(default_factory=dict)
    members: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    rules: str | None = None
    points: dict[str, int] = field(default_factory=dict)
    bounds: dict[str, list[int]] = field(default_factory=dict)
    verdict: dict[str, Any] = field(default_factory=dict)

    def request(self) -> AssessRequest:
        """The family as scoring is asked about it."""
        return family(self.household, self.members, rules=self.rules)

    def assessed(self) -> Assessment:
        """The family assessed on its day."""
        return assess(self.request(), on=self.day)

    @property
    def differing(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What the household and each member answer otherwise than the baseline, sums in tiyn."""
        return in_tiyn(self.household), [in_tiyn(one) for one in self.members]


@cache
def baseline() -> Any:
    """What every family starts from."""
    return read_yaml(FOLDER / "baseline.yaml")


def family(household: dict[str, Any], members: list[dict[str, Any]], *, rules: str | None = None) -> AssessRequest:
    """A request from what differs from the baseline."""
    start = baseline()
    persons = [
        {"person_id": f"member-{number}", **start["member"], **in_tiyn(one)} for number, one in enumerate(members)
    ]
    asked = {"household": start["household"] | in_tiyn(household), "persons": persons, "rules": rules}
    return AssessRequest.model_validate(asked)


def examples() -> list[Example]:
    """Every example of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem != "baseline":
            for one in read_yaml(path):
                found.append(Example(**{"day": baseline()["day"], "file": path.stem, **one}))
    return found


def in_tiyn(facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts with sums written in tenge turned into tiyn."""
    return {
        name.replace("_tenge", "_tiyn"): int(Decimal(str(fact)) * 100) if name.endswith("_tenge") else fact
        for name, fact in facts.items()
    }
