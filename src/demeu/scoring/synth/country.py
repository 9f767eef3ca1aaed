"""Writes the country: chunks drawn side by side, written in order, in a folder that appears only when it is whole.

The same number of households and seed give the same bytes, whatever the number of threads. Memory does not grow.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from demeu.kernel.errors import invalid
from demeu.scoring.folders import is_taken, whole_folder
from demeu.scoring.synth import columns, planting
from demeu.scoring.synth.columns import Rows
from demeu.scoring.synth.drawing import generator
from demeu.scoring.synth.families import Families, draw_families
from demeu.scoring.synth.homes import TIYN, draw_households, draw_needs
from demeu.scoring.synth.marginals import Array, marginals
from demeu.scoring.synth.numbers import Serials
from demeu.scoring.synth.persons import draw_persons

CHUNK = 65_536
HOUSEHOLDS_MAX = 100_000_000
FAMILIES_OF_FAULTS, SHUFFLED = 1_000_000, 1
FAULTS_MAX = 1_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Asked:
    """What is to be drawn. `nulls`: factor on the shares of missing answers; `faults`: faulty rows of each kind."""

    households: int
    seed: int
    nulls: float = 1.0
    faults: int = 0
    shuffle: bool = False
    iins: bool = False
    as_of: date | None = None


@dataclass(frozen=True)
class Drawn:
    """One chunk, ready to be written; `days` and `female` are for identity numbers and stand in no file of facts."""

    tables: dict[str, pa.Table]
    people: pa.StringArray
    days: Array
    female: Array
    households: int


def write_country(
    households: int,
    seed: int,
    out: Path,
    *,
    nulls: float = 1.0,
    faults: int = 0,
    shuffle: bool = False,
    iins: bool = False,
    as_of: date | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Files of facts and strata in `out`, which must not exist or be empty; raises `country.*` refusals.

    `progress` hears the number of households written so far.
    """
    asked = Asked(households, seed, nulls, faults, shuffle, iins, as_of)
    _refuse_unusable(asked, out)
    marginals()  # read once, before the threads would read it side by side
    with whole_folder(out) as folder, ExitStack() as closing:
        writing = _Writing(folder, asked, closing)
        done = 0
        for drawn in _in_order(asked, threads or min(4, os.cpu_count() or 1)):
            writing.add(drawn)
            done += drawn.households
            if progress is not None:
                progress(done)


def _refuse_unusable(asked: Asked, out: Path) -> None:
    if not 1 <= asked.households <= HOUSEHOLDS_MAX:
        raise invalid("country.households", households=asked.households, most=HOUSEHOLDS_MAX)
    if not 0 <= asked.seed < 2**63:
        raise invalid("country.seed", seed=asked.seed)
    if not 0 <= asked.nulls <= 100:
        raise invalid("country.nulls", nulls=str(asked.nulls))
    if not 0 <= asked.faults <= FAULTS_MAX:
        raise invalid("country.faults", faults=asked.faults, most=FAULTS_MAX)
    if is_taken(out):
        raise invalid("country.not_empty", out=str(out))


def _in_order(asked: Asked, threads: int) -> Iterator[Drawn]:
    """Chunks in their order; a few are drawn ahead while one is written."""
    chunks = range(-(-asked.households // CHUNK))
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[Future[Drawn]] = deque()
        for chunk in chunks:
            ahead.append(pool.submit(_draw, asked, chunk))
            if len(ahead) > threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    if asked.faults:
        yield _draw_faulty(asked)


def _draw(asked: Asked, chunk: int) -> Drawn:
    first = chunk * CHUNK
    rng = generator(asked.seed, chunk)
    families = draw_families(rng, min(CHUNK, asked.households - first), marginals())
    return _drawn(asked, rng, families, first, mixed=generator(asked.seed, chunk, SHUFFLED) if asked.shuffle else None)


def _draw_faulty(asked: Asked) -> Drawn:
    """Households beyond those asked for, one a planted fault, all of them with at least three members."""
    rng = generator(asked.seed, FAMILIES_OF_FAULTS)
    families = draw_families(rng, len(planting.KINDS) * asked.faults, marginals(), size_min=3)
    return _drawn(asked, rng, families, asked.households, faults=asked.faults)


def _drawn(
    asked: Asked,
    rng: np.random.Generator,
    families: Families,
    first: int,
    *,
    mixed: np.random.Generator | None = None,
    faults: int = 0,
) -> Drawn:
    held = marginals()
    as_of = asked.as_of or held.as_of
    lived_on, declared = draw_needs(rng, families, held)
    numbers = columns.scrambled(np.arange(first, first + families.households), shuffle=asked.shuffle)
    home_facts = draw_households(rng, families, held)
    facts = draw_persons(rng, families, held, declared)
    of_homes, of_people = tuple(home_facts), tuple(facts)
    homes = Rows(
        home_facts | {"household": numbers},
        columns.missing(rng, families, held, families.households, of_homes, asked.nulls),
    )
    placed = {"household": numbers[families.home], "member": families.order, "days": families.days}
    people = Rows(facts | placed, columns.missing(rng, families, held, families.persons, of_people, asked.nulls))
    strata = _strata(families, numbers, facts, lived_on)
    tables = {"strata": strata}
    ids, days, female = columns.person_references(placed), families.days, families.female
    if faults:
        homes, people, tables["planted"] = planting.plant(homes, people, families.starts, families.size, faults)
    if mixed is not None:
        homes = homes.take(mixed.permutation(families.households))
        people = people.take(mixed.permutation(families.persons))
    tables |= {"households": columns.households_table(homes), "persons": columns.persons_table(people, as_of)}
    return Drawn(tables, ids, days, female, 0 if faults else families.households)


def _strata(families: Families, numbers: Array, facts: dict[str, Array], lived_on: Array) -> pa.Table:
    """By what fairness is told; apart from the facts, because scoring knows neither sex nor need."""
    disabled = (facts["disability_group"] > 0) | facts["disability_childhood"]
    parts = [
        columns.references("h", numbers, columns.HOUSEHOLD_DIGITS),
        columns.named(families.head_female, ("male", "female")),
        columns.column(pa.bool_(), np.logical_or.reduceat(disabled, families.starts)),
        columns.named(families.region, marginals().places.codes),
        columns.column(pa.int64(), families.size),
        columns.column(pa.bool_(), families.rural),
        columns.column(pa.int64(), np.rint(lived_on) * TIYN),
    ]
    return pa.Table.from_arrays(parts, schema=columns.STRATA)


class _Writing:
    """The open files; one row group a chunk."""

    def __init__(self, folder: Path, asked: Asked, closing: ExitStack) -> None:
        self._folder, self._closing = folder, closing
        self._files: dict[str, pq.ParquetWriter] = {}
        self._serials = Serials(asked.as_of or marginals().as_of) if asked.iins else None

    def add(self, drawn: Drawn) -> None:
        for name, table in drawn.tables.items():
            self._write(name, table)
        if self._serials is not None:
            numbers = self._serials.issue(drawn.days, drawn.female)
            self._write("iins", pa.Table.from_arrays([drawn.people, numbers], schema=columns.IINS))

    def _write(self, name: str, table: pa.Table) -> None:
        if name not in self._files:
            path = self._folder / f"{name}.parquet"
            repeated = [one.name for one in table.schema if one.name in ("settlement_class", "kato", "sex_of_head")]
            opened = pq.ParquetWriter(path, table.schema, compression="snappy", use_dictionary=repeated)
            self._files[name] = self._closing.enter_context(opened)
        self._files[name].write_table(table, row_group_size=table.num_rows)
