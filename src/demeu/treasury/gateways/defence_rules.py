"""Who may try a card now: limits by address, subnet, device and card, and a breaker on the rate of declines. Pure.

Thieves try stolen cards with small gifts. An honest giver shares an address with thousands (mobile networks), is
declined now and then, and tries again from the same device: so counts alone never close a door, only counts with a
bad rate do, and while the breaker is open whoever gave before, or gives where others gave, still comes through.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

VERSION = "2026-1"
WINDOW = timedelta(hours=1)
BREAKER_WINDOW = timedelta(minutes=10)
BREAKER_STAYS = timedelta(hours=2)
BUDGET_WINDOW = timedelta(hours=24)
MEMORY = timedelta(days=180)

OPEN_MAX = 5
ADDRESS_DECLINED_MAX = 3
DEVICE_DECLINED_MAX = 3
SUBNET_DECLINED_MAX = 4
CARDS_MAX = 3
BAD_RATE_PERCENT = 60
BREAKER_DECLINED_MIN = 12
BREAKER_RATE_PERCENT = 35
STRANGERS_MAX = 20


class Verdict(StrEnum):
    """May pass, or why not."""

    LET_IN = "let_in"
    VELOCITY = "velocity"
    BREAKER = "breaker"


@dataclass(frozen=True)
class Seen:
    """What was seen of an address, a subnet, a device or everyone within a window; `cards`: different ones declined."""

    declined: int = 0
    paid: int = 0
    waiting: int = 0
    cards: int = 0

    @property
    def is_bad(self) -> bool:
        """Declines make up more than the bad rate of what was decided."""
        return self.declined * 100 > BAD_RATE_PERCENT * (self.declined + self.paid)


@dataclass(frozen=True)
class Picture:
    """All that decides about one attempt. `known`: this donor or device gave before; `known_place`: somebody there did.

    `strangers`: attempts of unknown devices from unknown places let in since the breaker opened, within a day.
    """

    address: Seen
    subnet: Seen
    device: Seen
    breaker_open: bool
    known: bool
    known_place: bool
    strangers: int

    @property
    def is_stranger(self) -> bool:
        """Neither the giver nor the place was seen giving before."""
        return not (self.known or self.known_place)


def trips(*groups: Seen) -> bool:
    """Whether what was decided in the last minutes, of strangers or of everyone, opens the breaker."""
    return any(
        seen.declined >= BREAKER_DECLINED_MIN
        and seen.declined * 100 >= BREAKER_RATE_PERCENT * (seen.declined + seen.paid)
        for seen in groups
    )


def verdict_on(picture: Picture) -> Verdict:
    """Whether this attempt reaches the gateway."""
    if _too_fast(picture):
        return Verdict.VELOCITY
    if not picture.breaker_open or picture.known:
        return Verdict.LET_IN
    own_retry = picture.device.declined == 1 and picture.subnet.declined == 1
    if picture.subnet.declined and picture.subnet.is_bad and not own_retry:
        return Verdict.BREAKER
    return Verdict.LET_IN if picture.known_place or picture.strangers < STRANGERS_MAX else Verdict.BREAKER


def _too_fast(picture: Picture) -> bool:
    address, subnet, device = picture.address, picture.subnet, picture.device
    if device.declined >= DEVICE_DECLINED_MAX or device.cards >= CARDS_MAX or device.waiting >= OPEN_MAX:
        return True
    if address.declined >= ADDRESS_DECLINED_MAX and address.is_bad:
        return True
    return subnet.declined >= SUBNET_DECLINED_MAX and subnet.is_bad
