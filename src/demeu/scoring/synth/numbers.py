"""Identity numbers (IIN) with valid check digits, for a file of their own that never stands beside facts.

Built by the published rule: birthday, century and sex, serial, check digit by two rows of weights. A number may
coincide with that of a living person: serials descend from the highest, which leaves that unlikely, not impossible.
"""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from demeu.kernel.errors import invalid
from demeu.scoring.synth.columns import references
from demeu.scoring.synth.marginals import Array

WEIGHTS = np.array([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]])
SERIALS = 10_000
DAYS_MAX = 46_500
DIGITS = 12


class Serials:
    """Hands out numbers in the order of the country; remembers how many each day and sex has used."""

    def __init__(self, as_of: date) -> None:
        """`as_of`: the day from which ages in days count back."""
        born = [as_of - timedelta(days=days) for days in range(DAYS_MAX)]
        self._dates = np.array([int(day.strftime("%y%m%d")) for day in born])
        self._centuries = np.array([2 * (day.year // 100 - 18) + 1 for day in born])
        self._used = np.zeros(2 * DAYS_MAX, np.int64)

    def issue(self, days: Array, female: Array) -> pa.StringArray:
        """One number a person; raises `country.iins` when a day and sex have no number left."""
        slot = days + DAYS_MAX * female
        heads = (self._dates[days] * 10 + self._centuries[days] + female) * SERIALS
        whole = np.empty(len(days), np.int64)
        waiting = np.arange(len(days))
        while len(waiting):
            serial = self._next(slot[waiting])
            if (serial < 0).any():
                raise invalid("country.iins")
            candidates = heads[waiting] + serial
            check = check_digits(candidates)
            whole[waiting] = candidates * 10 + check
            waiting = waiting[check == 10]
        return references("", whole, DIGITS)

    def _next(self, slot: Array) -> Array:
        """The next serial of each row's day and sex, all different."""
        order = np.argsort(slot, kind="stable")
        ordered = slot[order]
        begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        rank = np.empty(len(slot), np.int64)
        counts = np.diff(np.r_[begins, len(slot)])
        rank[order] = np.arange(len(slot)) - np.repeat(begins, counts)
        serial: Array = SERIALS - 1 - self._used[slot] - rank
        self._used[ordered[begins]] += counts
        return serial


def check_digits(eleven: Array) -> Array:
    """The twelfth digit of each number of eleven; 10 where such a number is not issued."""
    digits = eleven[:, None] // 10 ** np.arange(10, -1, -1) % 10
    first, second = (digits @ weights % 11 for weights in WEIGHTS)
    return np.asarray(np.where(first == 10, second, first))
