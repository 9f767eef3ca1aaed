"""A decision as a document that recomputes bit for bit: inputs, rule set with its hash, day, result. Pure.

What is compared is the text as it was stored, value by value and then byte by byte; nothing is converted first.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from demeu.contracts.scoring import AssessRequest, Decided, Decision
from demeu.scoring.assess import assess
from demeu.scoring.rule_sets import rule_set

ABSENT = object()
"""Stands for what one side does not have."""

WORDS = {"title", "value", "reason", "source"}
"""Parts of a result that are words; everything else decides."""

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Difference:
    """Where a stored decision is not what is recomputed; `ABSENT` where one of them has nothing."""

    place: Place
    stored: Any
    found: Any

    @property
    def in_words(self) -> bool:
        """Whether only a wording differs."""
        return self.place[:1] == ("result",) and self.place[-1] in WORDS


class OtherRules(Exception):
    """The rule set of that id is not the one by which the decision was made; `here` is its hash."""

    def __init__(self, here: str) -> None:
        super().__init__(here)
        self.here = here


def decide(request: AssessRequest, *, on: date) -> Decision:
    """The assessment together with all it was made of."""
    result = assess(request, on=on)
    return Decision(
        rule_set=result.rule_set,
        rule_set_hash=result.rule_set_hash,
        on=on,
        lang=request.lang,
        household=request.household,
        persons=request.persons,
        result=result,
    )


def canonical(decision: Decision) -> bytes:
    """The only way to write a decision: UTF-8, keys sorted, no spaces, one line end."""
    content = decision.model_dump(mode="json")
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def recompute(decided: Decided) -> Decision:
    """The decision made again of the same; raises `OtherRules`, `rules.unknown` and what `assess` raises."""
    here = rule_set(decided.rule_set).hash
    if here != decided.rule_set_hash:
        raise OtherRules(here)
    facts = {"household": decided.household, "persons": decided.persons}
    return decide(AssessRequest(**facts, rules=decided.rule_set, lang=decided.lang), on=decided.on)


def differences(stored: Any, found: Any, place: Place = ()) -> Iterator[Difference]:
    """Every place where two parsed JSON values differ; 1, 1.0 and true are three values."""
    if isinstance(stored, dict) and isinstance(found, dict):
        for key in [*found, *(key for key in stored if key not in found)]:
            yield from differences(stored.get(key, ABSENT), found.get(key, ABSENT), (*place, key))
    elif isinstance(stored, list) and isinstance(found, list):
        for index in range(max(len(stored), len(found))):
            yield from differences(_at(stored, index), _at(found, index), (*place, index))
    elif type(stored) is not type(found) or stored != found:
        yield Difference(place, stored, found)


def _at(values: list[Any], index: int) -> Any:
    return values[index] if index < len(values) else ABSENT
