"""Facts of the households of a chunk: where they live, what they own, what they live on and what of it they declare."""

import numpy as np

from demeu.contracts.scoring import SettlementClass
from demeu.scoring.synth.drawing import by_table, lean, leaning_uniform, normal, uniform
from demeu.scoring.synth.families import Families
from demeu.scoring.synth.marginals import REPUBLIC_CITIES, Array, Marginals

CLASSES = tuple(map(str, SettlementClass))
TIYN = 100
TOWN, OKRUG_FIRST, OKRUGS, CENTRE = 10_000, 31_000, 15, 100


def draw_needs(rng: np.random.Generator, families: Families, held: Marginals) -> tuple[Array, Array]:
    """What households live on, and what they declare of it; tenge a month."""
    told = held.need
    smaller = np.exp(-told["member_discount"] * families.size)
    people = families.size.sum()
    smaller *= people / (smaller * families.size).sum()
    head = told["head_mean_tenge"] * held.places.income[families.region] * smaller
    lived_on = head * families.size * lean(families.prosperity, told["spread"])
    declared = lived_on * told["declared_of_need"] * lean(normal(rng, families.households), told["noise"])
    hidden = uniform(rng, families.households) < told["hidden"]
    return lived_on, np.where(hidden, told["hidden_left"] * declared, declared)


def draw_households(rng: np.random.Generator, families: Families, held: Marginals) -> dict[str, Array]:
    """Facts by column; `settlement_class` as an index into `CLASSES`, `kato` as a number of nine digits."""
    rows, told, shape = families.households, held.assets, held.shape
    better, rural = families.prosperity, families.rural
    homes = by_table(leaning_uniform(rng, better, shape["homes"]), told["homes"])
    rooms = families.size ** shape["area_by_size"]
    area = told["area_a_head_m2"] * rooms * families.persons / rooms.sum()
    area *= lean(normal(rng, rows), shape["area_spread"]) * lean(better, shape["area_lean"])
    smallholding = np.where(rural, told["smallholding_rural"], told["smallholding_urban"])
    kept = uniform(rng, rows) < smallholding
    value = told["smallholding_tenge_median"] * np.exp(shape["smallholding_spread"] * normal(rng, rows))
    land = np.where(rural, told["land_rural"], told["land_urban"]) * lean(better, shape["land_lean"])
    machinery = np.where(rural, by_table(leaning_uniform(rng, better, shape["machinery"]), told["machinery_rural"]), 0)
    return _places(rng, families, held) | {
        "housing_units": homes,
        "housing_area_m2": np.where(homes > 0, np.rint(area * 10) / 10, 0.0),
        "commercial_property_units": (
            uniform(rng, rows) < told["commercial_property"] * lean(better, shape["business_lean"])
        ).astype(int),
        "land_plots": (uniform(rng, rows) < land).astype(int),
        "smallholding_value_tiyn": np.where(kept, np.rint(value) * TIYN, 0).astype(np.int64),
        "passenger_cars": by_table(leaning_uniform(rng, better, shape["cars"]), told["cars"]),
        "commercial_vehicles": (
            uniform(rng, rows) < told["commercial_vehicles"] * lean(better, shape["business_lean"])
        ).astype(int),
        "machinery_kinds": machinery,
    }


def _places(rng: np.random.Generator, families: Families, held: Marginals) -> dict[str, Array]:
    rows, region = families.households, families.region
    republic = np.isin(np.array(held.places.codes), REPUBLIC_CITIES)[region]
    city = uniform(rng, rows) < held.household["urban_in_cities"]
    okrug = uniform(rng, rows) < held.household["rural_in_okrugs"]
    place = np.where(families.rural, np.where(okrug, 3, 4), np.where(republic, 0, np.where(city, 1, 2)))
    unregistered = uniform(rng, rows) < held.household["unregistered"]
    drawn, village = rng.random(rows), rng.integers(0, OKRUGS, rows)
    kato = np.empty(rows, np.int64)
    for number, code in enumerate(held.places.codes):
        here, towns = np.flatnonzero(region == number), held.places.cities[number]
        kato[here] = _one_of(towns, drawn[here])
        if code not in REPUBLIC_CITIES:
            outside = here[place[here] > 1]
            kato[outside] = _one_of(held.places.districts[number], drawn[outside])
    kato += np.select([place == 2, place > 2], [TOWN, OKRUG_FIRST + 2_000 * village + CENTRE], 0)
    kato += np.where(place == 4, 2 + 2 * (village % 7), 0)
    regions = np.array([int(code) for code in held.places.codes])[region]
    return {
        "kato": np.where(unregistered, regions * 10_000_000, kato),
        "settlement_class": np.where(unregistered, len(CLASSES) - 1, place),
    }


def _one_of(codes: Array, drawn: Array) -> Array:
    return codes[(drawn * len(codes)).astype(np.int64)]
