"""One run over a country: members, references beside them, scores, and what is rejected.

Facts without a fault cost one pass over the persons and one over the households. Whether there are faults is seen from
the numbers of rows alone: every household read is either scored or rejected.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import ibis.expr.types as ir

from demeu.kernel.errors import invalid
from demeu.scoring.batch import rejecting
from demeu.scoring.batch.engines import Engine, Heard
from demeu.scoring.batch.files import rows_written
from demeu.scoring.batch.rejecting import Doubts, Facts
from demeu.scoring.columnar.members import MEMBERS, largest, members
from demeu.scoring.columnar.verdict import scores
from demeu.scoring.rule_sets import Rules

Progress = Callable[[float, int], None]
"""Is told the share of the whole work done, 0 to 1, and the number of households."""

FIELD_BITS = (6, 17)
"""Widths of a number of members: for households of up to 63, and for the rare larger ones, of up to 131,071."""

SHARES = {"members": 0.5, "scores": 0.45, "rejected": 0.05}
"""Roughly how long each stage takes, for the progress bar; references are looked through beside the members."""


@dataclass(frozen=True)
class Scored:
    """What came out: households read, accepted and rejected, rows of `rejected`, seconds of each stage."""

    households: int
    accepted: int
    rejected: int
    rejected_rows: int
    seconds: dict[str, float]


@dataclass
class Run:
    """`scratch` and `out`: folders for what is kept for a while and for good; `households`: how many were read."""

    engine: Engine
    facts: Facts
    rules: Rules
    scratch: Path
    out: Path
    households: int
    progress: Progress | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    furthest: float = 0.0

    def score(self) -> Scored:
        """Writes `scores` and `rejected`."""
        with ThreadPoolExecutor(1) as beside, self._stage("members") as heard:
            told = beside.submit(self._references)
            measures, bits = self._members(heard)
            doubted = told.result()
        with self._stage("scores") as heard:
            homes, counted = rejecting.sound(self.facts, measures, doubted)
            self.engine.write(scores(homes, counted, self.rules, bits), self.out, "scores", heard)
            accepted = rows_written(self.out, "scores")
        with self._stage("rejected") as heard:
            whole = accepted == self.households == self.engine.rows(measures)
            rows = rejecting.nothing(self.facts)
            if not whole:
                rows = rejecting.listed(self.facts, measures, doubted, self.engine, self.scratch)
            self.engine.write(rows, self.out, "rejected", heard)
        listed = rows_written(self.out, "rejected")
        return Scored(self.households, accepted, self.households - accepted, listed, self.seconds)

    def _references(self) -> Doubts:
        """Looked through while the members are counted, for sorting keeps one core busy at most."""
        began = time.monotonic()
        try:
            return rejecting.doubts(self.facts, self.engine)
        finally:
            self.seconds["references"] = time.monotonic() - began

    def _members(self, heard: Heard) -> tuple[ir.Table, int]:
        """The measures, and the width of their numbers: once more and wider where a household is larger than it may."""
        for bits in FIELD_BITS:
            found = self.engine.keep(
                members(self.facts.persons, self.rules, bits, self.facts.told["persons"]),
                self.scratch,
                "members",
                heard,
            )
            if (self.engine.value(found[MEMBERS].max()) or 0) <= largest(bits):
                return found, bits
        raise invalid("batch.household_too_large", most=largest(FIELD_BITS[-1]))

    @contextmanager
    def _stage(self, name: str) -> Iterator[Heard]:
        """Takes the time, and tells how far the whole is."""
        before = sum(share for stage, share in SHARES.items() if stage in self.seconds)
        began = time.monotonic()

        def heard(share: float) -> None:
            # An engine that has just ended a statement says 0 again.
            self.furthest = max(self.furthest, before + share * SHARES[name])
            if self.progress is not None:
                self.progress(self.furthest, self.households)

        yield heard
        self.seconds[name] = time.monotonic() - began
        heard(1.0)
