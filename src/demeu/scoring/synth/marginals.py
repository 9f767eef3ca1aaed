"""The numbers of the synthetic country, read from `marginals.yaml`; each has a source or is marked as our own.

Nothing is drawn here, and no number stands in code that the file could hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

FILE = Path(__file__).parent / "marginals.yaml"
Array = npt.NDArray[Any]
REPUBLIC_CITIES = ("71", "75", "79")


@dataclass(frozen=True)
class Places:
    """By region, in the order of `codes`: cities and districts as KATO codes, and the relative income of a head."""

    codes: tuple[str, ...]
    cities: tuple[Array, ...]
    districts: tuple[Array, ...]
    income: Array


@dataclass(frozen=True)
class Cells:
    """Joint chances of region, village or town, and size. `chance` sums to 1; the others say what a cell stands for."""

    chance: Array
    region: Array
    rural: Array
    size: Array


@dataclass(frozen=True)
class Marginals:
    """Groups of numbers by name, without their sources; `as_of` is the day on which ages are what was published."""

    as_of: date
    household: Mapping[str, Any]
    need: Mapping[str, Any]
    person: Mapping[str, Any]
    assets: Mapping[str, Any]
    shape: Mapping[str, float]
    nulls: Mapping[str, float]
    places: Places
    cells: Cells


def unsourced(content: Mapping[str, Any]) -> Iterator[str]:
    """Places of numbers that are neither published with a known source nor assumed with a reason."""
    for group in ("country", "regions", "household", "need", "person", "assets", "shape", "nulls"):
        yield from _unsourced(group, content[group], content["sources"])


def _unsourced(place: str, node: Any, sources: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(node, dict):
        return
    if "value" not in node:
        for name, child in node.items():
            if name != "unit":
                yield from _unsourced(f"{place}.{name}", child, sources)
    elif ("source" in node) == ("assumed" in node):
        yield f"{place}: either a source or an assumption"
    elif "source" in node and node["source"] not in sources:
        yield f"{place}: source {node['source']} is not listed"
    elif "assumed" in node and (node["assumed"] is not True or not node.get("reason")):
        yield f"{place}: an assumption has a reason"


@cache
def content() -> Mapping[str, Any]:
    """The file as it stands, sources included."""
    found: Mapping[str, Any] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


@cache
def marginals() -> Marginals:
    """The numbers alone, ready to draw from."""
    held = content()
    groups = {name: _values(held[name]) for name in ("household", "need", "person", "assets")}
    return Marginals(
        as_of=held["as_of"],
        shape=held["shape"]["value"],
        nulls=held["nulls"]["value"],
        places=_places(held["regions"], groups["need"]["between_regions"]),
        cells=_cells(held["regions"], groups["household"]),
        **groups,
    )


def _values(group: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry["value"] for name, entry in group.items() if isinstance(entry, dict)}


def _places(regions: Mapping[str, Any], between: float) -> Places:
    people, told = _values(regions["people"]), _values(regions["income_tenge"])
    codes = tuple(people)
    income = {code: told[code] ** between for code in codes}
    mean = sum(income[code] * people[code] for code in codes) / sum(people.values())
    return Places(
        codes=codes,
        cities=tuple(np.array(_values(regions["cities"])[code], dtype=np.int64) for code in codes),
        districts=tuple(np.array(_values(regions["districts"])[code], dtype=np.int64) for code in codes),
        income=np.array([income[code] / mean for code in codes]),
    )


def _cells(regions: Mapping[str, Any], household: Mapping[str, Any]) -> Cells:
    """Households of a cell = its people / mean size there, so that the published people of each region come out."""
    people, urban, tilt = (_values(regions[name]) for name in ("people", "urban", "size_tilt"))
    sizes = np.arange(1, len(household["sizes_urban"]) + 1)
    rows = []
    for number, code in enumerate(people):
        for rural, share in ((False, urban[code]), (True, 1 - urban[code])):
            base = np.array(household["sizes_rural" if rural else "sizes_urban"])
            chance = base * np.exp(tilt[code] * sizes)
            chance /= chance.sum()
            homes = people[code] * share / (chance * sizes).sum()
            rows.append((homes * chance, np.full(len(sizes), number), np.full(len(sizes), rural), sizes))
    chance, region, rural_cell, size = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Cells(chance=chance / chance.sum(), region=region, rural=rural_cell, size=size)
