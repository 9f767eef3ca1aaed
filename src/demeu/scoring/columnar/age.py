"""Age in full years as a comparison of the date of birth: no year is ever computed, so millions of rows cost little."""

from dataclasses import dataclass
from datetime import date, timedelta

import ibis

from demeu.scoring.criteria.language import Value

FEBRUARY, MARCH, LEAP_DAY = 2, 3, 29


@dataclass(frozen=True)
class Age:
    """What criteria compare with a whole number of years on a day."""

    birth: Value
    on: date

    def __ge__(self, years: int) -> Value:
        return self.birth <= ibis.literal(latest_birth(self.on, years))

    def __gt__(self, years: int) -> Value:
        return self >= years + 1

    def __lt__(self, years: int) -> Value:
        return self.birth > ibis.literal(latest_birth(self.on, years))

    def __le__(self, years: int) -> Value:
        return self < years + 1


def latest_birth(on: date, years: int) -> date:
    """The last day of birth that is so many full years ago; one born on 29 February is a year older on 1 March."""
    if (on.month, on.day) == (FEBRUARY, LEAP_DAY):
        return date(on.year - years, MARCH, 1) - timedelta(days=1)
    return on.replace(year=on.year - years)
