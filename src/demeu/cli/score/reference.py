"""`demeu score reference`: counts a synthetic country by place, age and household for the publication guard.

It writes sums only: no person, no household, no reference of either.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import numpy as np

AGES = ("0-5", "6-11", "12-17", "18-59", "60+")
AGES_FROM = (6, 12, 18, 60)
HOUSEHOLDS = ("single", "couple", "two_parent", "single_parent", "large_family", "grandparents", "other")
LARGE_FROM_CHILDREN = 4
DAYS_A_YEAR = 365.25
Counts = dict[str, dict[tuple[str, str], float]]


def reference(
    facts: Annotated[Path, typer.Option(help="Folder of a country written by `demeu score synth`.")],
    out: Annotated[Path, typer.Option(help="File to write: place, age band, household type, people.")],
    edition: Annotated[str, typer.Option(help="Name of this edition; it stands in every release.")],
    people: Annotated[int, typer.Option(help="People of the country; the files are scaled to it.")] = 20_420_000,
    district: Annotated[
        int, typer.Option(help="People assumed of each district: a lower bound, not an estimate.")
    ] = 8_000,
) -> None:
    """Count a country for the publication guard (k and l); only sums are written."""
    from demeu.portal.anonymity.reference import write_population
    from demeu.portal.ui.districts import districts

    counted = spread(counts_by_region(facts, people), sorted(districts()), district)
    notes = (
        "SYNTHETIC: sums over an invented country of published proportions; no person stands behind any line.",
        f"Scaled to {people} people. Each district is taken for {district} people, fewer than it has, so that the",
        "guard errs on the side of showing less; the rest of a region stands under the region's own code.",
    )
    lines = write_population(out, edition, notes, counted)
    typer.echo(f"{out}: {lines}")


def counts_by_region(facts: Path, people: int) -> Counts:
    """People of each region by age band and household type, scaled so that all add up to `people`."""
    import numpy as np
    import pyarrow.parquet as pq

    row, band, kind = rows_by_person(facts)
    region = pq.read_table(facts / "strata.parquet", columns=["region"])["region"].to_numpy()[row]
    scale, found = people / len(row), Counts()
    for code in sorted(set(region)):
        sums = np.bincount(band[region == code] * len(HOUSEHOLDS) + kind[region == code], minlength=35) * scale
        found[code] = {
            (AGES[place // len(HOUSEHOLDS)], HOUSEHOLDS[place % len(HOUSEHOLDS)]): float(number)
            for place, number in enumerate(sums)
        }
    return found


def rows_by_person(facts: Path) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Of each person the row of the household, the place in AGES and the place in HOUSEHOLDS."""
    import numpy as np
    import pyarrow.parquet as pq

    home = pq.read_table(facts / "strata.parquet", columns=["household_id"])["household_id"].to_numpy()
    persons = pq.read_table(facts / "persons.parquet", columns=["household_id", "birth_date"])
    in_order = np.argsort(home)
    row = in_order[np.searchsorted(home[in_order], persons["household_id"].to_numpy())]
    born = persons["birth_date"].to_numpy().astype("datetime64[D]")
    age = ((np.datetime64(_as_of()) - born).astype(int) / DAYS_A_YEAR).astype(int)
    return row, np.digitize(age, AGES_FROM), _households(row, age, len(home))[row]


def _as_of() -> date:
    from demeu.scoring.synth.marginals import marginals

    return marginals().as_of


def _households(row: "np.ndarray[Any, Any]", age: "np.ndarray[Any, Any]", households: int) -> "np.ndarray[Any, Any]":
    """The type of each household, as its place in HOUSEHOLDS, by the ages of those who live in it."""
    import numpy as np

    members = np.bincount(row, minlength=households)
    children = np.bincount(row, weights=age < 18, minlength=households).astype(int)
    old = np.bincount(row, weights=age >= 60, minlength=households).astype(int)
    adults = members - children
    rules = [
        (members == 1, "single"),
        (children >= LARGE_FROM_CHILDREN, "large_family"),
        ((children > 0) & (adults > 0) & (old == adults), "grandparents"),
        ((children > 0) & (adults == 1), "single_parent"),
        ((children > 0) & (adults == 2), "two_parent"),
        ((children == 0) & (members == 2), "couple"),
    ]
    return np.select(
        [rule for rule, _ in rules], [HOUSEHOLDS.index(name) for _, name in rules], HOUSEHOLDS.index("other")
    )


def spread(regions: Counts, districts: list[str], district_people: int) -> Counts:
    """Each district gets the same small number of people of its region's make-up; the rest stays with the region."""
    found: Counts = {}
    for region, cells in regions.items():
        inside, total = [code for code in districts if code.startswith(region)], sum(cells.values())
        share = min(district_people / total, 0.9 / max(len(inside), 1)) if total else 0.0
        for code in inside:
            found[code] = {key: number * share for key, number in cells.items()}
        left = 1 - share * len(inside)
        found[region.ljust(9, "0")] = {key: number * left for key, number in cells.items()}
    return found
