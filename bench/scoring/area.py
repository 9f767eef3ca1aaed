"""The area `scoring` of `make bench`, in the order of its table; `--full scoring` takes the sizes of a country."""

from dataclasses import dataclass

from rows import Row

from scoring import child, circle, country, one
from scoring.countries import Countries


@dataclass(frozen=True)
class Sizes:
    """Households of each part."""

    country: int
    openfisca: int
    circle: int
    spark: int
    growth: tuple[int, ...]


REDUCED = Sizes(300_000, 100_000, 100_000, 100_000, (30_000, 100_000, 300_000))
FULL = Sizes(6_000_000, 6_000_000, 6_000_000, 6_000_000, (100_000, 1_000_000, 6_000_000, 24_000_000))


def sizes_of(full: bool) -> str:
    """Said below the table."""
    sizes = FULL if full else REDUCED
    return f"Scoring: {sizes.country:,} households, medians of {country.ROUNDS} rounds."


def figures(full: bool) -> list[Row]:
    """All rows of the area."""
    child.make_peers()
    sizes = FULL if full else REDUCED
    with Countries() as countries:
        return [
            *country.beside_plain(countries),
            *country.beside_polars(countries, sizes.country),
            *country.beside_openfisca(countries, sizes.openfisca),
            *one.figures(countries),
            *circle.figures(countries, sizes.circle),
            *country.on_spark(countries, sizes.spark),
            *country.scaling(countries, sizes.growth),
        ]
