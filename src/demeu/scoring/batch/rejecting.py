"""What is not scored, and why. Every household read is either scored or has a row here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from demeu.scoring.batch.engines import Engine, silent
from demeu.scoring.columnar import faults
from demeu.scoring.columnar.faults import Fault, Told
from demeu.scoring.columnar.members import FAULTY, HOME


@dataclass(frozen=True)
class Doubts:
    """References that stand more than once; None when there are none, so that no query looks for them.

    `homes`: households with such a person.
    """

    households: ir.Table | None
    persons: ir.Table | None
    homes: ir.Table | None


@dataclass(frozen=True)
class Facts:
    """The two tables of facts, the day, and what the files tell of the columns of each table."""

    households: ir.Table
    persons: ir.Table
    on: date
    told: Mapping[str, Told]


def doubts(facts: Facts, engine: Engine) -> Doubts:
    """Looks through all references, beside whatever else the engine does."""
    persons, homes = engine.repeated(facts.persons, "person_id"), None
    if persons is not None:
        homes = facts.persons.semi_join(persons, "person_id").select("household_id").distinct()
    return Doubts(engine.repeated(facts.households, "household_id"), persons, homes)


def sound(facts: Facts, measures: ir.Table, doubted: Doubts) -> tuple[ir.Table, ir.Table]:
    """Households and measures without a fault; those that then find each other are scored."""
    homes = facts.households
    broken = faults.any_met(faults.household_faults(homes, facts.told["households"]))
    homes = homes.filter(ibis.ifelse(broken, False, True))
    for bad in (doubted.households, doubted.homes):
        if bad is not None:
            homes = homes.anti_join(bad, "household_id")
    return homes, measures.filter(~measures[FAULTY])


def nothing(facts: Facts) -> ir.Table:
    """No row, in the shape of `rejected.parquet`."""
    return next(faults.listed(facts.households, "households", [Fault("", "", ibis.literal(False))]))


def listed(facts: Facts, measures: ir.Table, doubted: Doubts, engine: Engine, scratch: Path) -> ir.Table:
    """Every fault of every rejected row, in order."""
    return ibis.union(
        *_households(facts, measures, doubted), *_persons(facts, measures, doubted, engine, scratch)
    ).order_by(faults.COLUMNS)


def _households(facts: Facts, measures: ir.Table, doubted: Doubts) -> Iterator[ir.Table]:
    homes = facts.households
    found = faults.household_faults(homes, facts.told["households"])
    if doubted.households is not None:
        found += (Fault("household_id", "duplicate", homes.household_id.isin(doubted.households.household_id)),)
    yield from faults.listed(homes, "households", found)
    empty = homes.filter(homes.household_id.notnull()).anti_join(measures, homes.household_id == measures[HOME])
    yield from faults.listed(empty, "households", [Fault("household_id", "no_persons", ibis.literal(True))])


def _persons(facts: Facts, measures: ir.Table, doubted: Doubts, engine: Engine, scratch: Path) -> Iterator[ir.Table]:
    """First the few persons that any fault can be about; then their faults, and those who have no household."""
    homes, persons = facts.households, facts.persons
    known = homes.select("household_id").distinct()
    strange = engine.keep(
        measures.anti_join(known, measures[HOME] == known.household_id).select(HOME), scratch, "strange", silent
    )
    suspect = measures.filter(measures[FAULTY]).select(HOME).union(strange)
    if doubted.homes is not None:
        suspect = suspect.union(doubted.homes.select(**{HOME: "household_id"}))
    few = persons.semi_join(suspect, persons.household_id == suspect[HOME]).union(
        persons.filter(persons.household_id.isnull())
    )
    few = engine.keep(few, scratch, "suspects", silent)
    members = few.semi_join(known, "household_id")
    found = faults.person_faults(members, facts.on, facts.told["persons"])
    if doubted.persons is not None:
        found += (Fault("person_id", "duplicate", members.person_id.isin(doubted.persons.person_id)),)
    yield from faults.listed(members, "persons", found)
    strangers = few.anti_join(known, "household_id")
    yield from faults.listed(strangers, "persons", [Fault("household_id", "no_household", ibis.literal(True))])
