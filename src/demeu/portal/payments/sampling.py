"""How many confirmed deliveries are asked about again, and what the answers say of all: Wilson's interval. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from uuid import UUID

# Published numbers. After an act the family has so long to answer; then somebody of ours has so long to find out why.
CONFIRM_WITHIN = timedelta(days=7)
TICKET_WITHIN = timedelta(days=5)
# Of the deliveries confirmed in a month one in ten is asked again, at least thirty and at most four hundred.
SHARE = 10
SAMPLE_MIN, SAMPLE_MAX = 30, 400
# Of the normal distribution, for 95 of 100.
Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """What a sample says of all: share of «yes» with its interval, in hundredths of a percent."""

    asked: int
    answered: int
    yes: int
    share_bp: int
    low_bp: int
    high_bp: int

    @property
    def margin_bp(self) -> int:
        """Half of the interval."""
        return (self.high_bp - self.low_bp + 1) // 2


def sample_size(population: int) -> int:
    """How many of so many are asked again; all of them when they are few."""
    return min(population, max(SAMPLE_MIN, min(SAMPLE_MAX, -(-population // SHARE))))


def drawn(items: Sequence[UUID], already: int) -> list[UUID]:
    """A random choice of what is still to be asked, from the system's own source: nobody can foresee it."""
    size = max(0, sample_size(len(items) + already) - already)
    return SystemRandom().sample(sorted(items), min(size, len(items)))


def wilson(yes: int, answered: int) -> tuple[float, float]:
    """Wilson's score interval of a share at 95 %: (0, 1) when nobody has answered.

    E. B. Wilson, 1927. Unlike the plain one it stays within 0 and 1 and is honest for few answers.
    """
    if answered == 0:
        return 0.0, 1.0
    share, square = yes / answered, Z * Z
    middle = (share + square / (2 * answered)) / (1 + square / answered)
    half = Z / (1 + square / answered) * math.sqrt(share * (1 - share) / answered + square / (4 * answered**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def estimate(asked: int, answers: Sequence[bool]) -> Estimate:
    """The estimate from the answers; who did not answer is told by `asked` and `answered`, and guessed by nobody."""
    yes, answered = sum(answers), len(answers)
    low, high = wilson(yes, answered)
    share = yes / answered if answered else 0.0
    return Estimate(asked, answered, yes, round(share * 10_000), math.floor(low * 10_000), math.ceil(high * 10_000))


def month_of(day: date) -> str:
    """«2026-11»."""
    return f"{day:%Y-%m}"
