"""Ways to draw that the parts of the country share: chances that lean on prosperity, tables, correlated uniforms.

Everything is vectorised over the rows of one chunk. No number of the country stands here.
"""

from math import erf, sqrt

import numpy as np

from demeu.scoring.synth.marginals import Array

# The normal distribution in small steps: a look-up is ten times faster than interpolation.
_STEPS, _END = 5_000, 6
_NORMAL = np.array([(1 + erf(step / _STEPS / sqrt(2))) / 2 for step in range(-_END * _STEPS, _END * _STEPS + 1)])


def generator(seed: int, *place: int) -> np.random.Generator:
    """The stream of one place of the country; independent of who draws it, when and beside what."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=place)))


def uniform(rng: np.random.Generator, rows: int) -> Array:
    """`rows` numbers in [0, 1), single precision."""
    return rng.random(rows, dtype=np.float32)


def normal(rng: np.random.Generator, rows: int) -> Array:
    """`rows` standard normal numbers, single precision."""
    return rng.standard_normal(rows, dtype=np.float32)


def lean(prosperity: Array, strength: float) -> Array:
    """Factors with mean 1 by which a chance grows (or falls, if negative) with prosperity."""
    factors: Array = np.exp(np.float32(strength) * prosperity - np.float32(strength * strength / 2))
    return factors


def leaning_uniform(rng: np.random.Generator, prosperity: Array, strength: float) -> Array:
    """Uniform numbers correlated with prosperity: a Gaussian copula of the given strength."""
    mixed = strength * prosperity + sqrt(1 - strength * strength) * normal(rng, len(prosperity))
    return _NORMAL[(np.clip(mixed, -_END, _END) * _STEPS).astype(np.int64) + _END * _STEPS]


def by_table(drawn: Array, chances: list[float]) -> Array:
    """Index into a table of chances for each uniform number; what is missing to 1 goes to the last."""
    return np.searchsorted(np.cumsum(chances)[:-1], drawn, side="right")


def by_tables(drawn: Array, rows: Array, chances: list[list[float]]) -> Array:
    """The same with a table of its own for each row: `rows` says which."""
    ends = np.cumsum(np.array(chances), axis=1)[:, :-1]
    index: Array = (drawn[:, None] >= ends[rows]).sum(axis=1)
    return index
