"""What the statistics ask of treasury: the months of money. Nothing when it does not answer."""

from datetime import date

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed

ACTOR = "role:portal"
DEADLINE_S = 20


def months(first: date, count: int) -> tuple[treasury.MonthMoney, ...] | None:
    """What moved in `count` months from the month of `first`; None while treasury is away."""
    body = treasury.MonthsQuestion(first=first.replace(day=1), months=count)
    with suppressed(Kind.UNAVAILABLE):
        found = ask(
            "treasury", treasury.MONEY_MONTHS, body, actor=ACTOR, purpose=Purpose.DONATION, deadline_s=DEADLINE_S
        )
        return found.months
    return None
