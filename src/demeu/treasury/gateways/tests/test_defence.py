"""Card testing: a simulated attack among honest givers on the rules alone, and the same door on PostgreSQL."""

import random
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from demeu.contracts.treasury import GiftOrigin
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.donations.rules import GiftState
from demeu.treasury.gateways.defence import admit, breaker_is_open, forget_attempts, note_outcome
from demeu.treasury.gateways.defence_rules import (
    BREAKER_STAYS,
    BREAKER_WINDOW,
    WINDOW,
    Picture,
    Seen,
    Verdict,
    trips,
    verdict_on,
)
from demeu.treasury.gateways.models import BreakerOpening, CardAttempt

SEED = 20261122
HOUR_S = 3600.0
ATTACK_BEGINS_S, ATTACK_ENDS_S, DAY_S = 12 * HOUR_S, 13 * HOUR_S, 24 * HOUR_S
HONEST_DECLINE = 0.05


@dataclass
class Place:
    """One address, subnet or device, or all of them: what was decided there within a window."""

    window_s: float = WINDOW.total_seconds()
    decided: deque[tuple[float, bool]] = field(default_factory=deque)
    paid: int = 0
    ever_paid: bool = False

    def add(self, now: float, paid: bool) -> None:
        self.decided.append((now, paid))
        self.paid += paid
        self.ever_paid = self.ever_paid or paid

    def seen(self, now: float) -> Seen:
        while self.decided and self.decided[0][0] < now - self.window_s:
            self.paid -= self.decided.popleft()[1]
        return Seen(declined=len(self.decided) - self.paid, paid=self.paid)


@dataclass
class Town:
    """Everything that the defence keeps within a day, in memory; decisions are the real rules'."""

    address: defaultdict[str, Place] = field(default_factory=lambda: defaultdict(Place))
    subnet: defaultdict[str, Place] = field(default_factory=lambda: defaultdict(Place))
    device: defaultdict[str, Place] = field(default_factory=lambda: defaultdict(Place))
    lately: Place = field(default_factory=lambda: Place(BREAKER_WINDOW.total_seconds()))
    strangers: Place = field(default_factory=lambda: Place(BREAKER_WINDOW.total_seconds()))
    opened_s: float = -1e9
    let_in: int = 0

    def attempt(self, now: float, address: str, device: str, outcome: Callable[[], bool]) -> bool:
        """Whether it reached the gateway; if so, its outcome is remembered."""
        subnet = address.rpartition(".")[0]
        places = (self.address[address], self.subnet[subnet], self.device[device])
        open_ = now - self.opened_s < BREAKER_STAYS.total_seconds()
        picture = Picture(
            address=places[0].seen(now),
            subnet=places[1].seen(now),
            device=places[2].seen(now),
            breaker_open=open_,
            known=places[2].ever_paid,
            known_place=places[1].ever_paid,
            strangers=self.let_in,
        )
        if verdict_on(picture) is not Verdict.LET_IN:
            return False
        self.let_in += open_ and picture.is_stranger
        groups = (self.lately, self.strangers) if picture.is_stranger else (self.lately,)
        self.remember(now, (*places, *groups), outcome())
        return True

    def remember(self, now: float, places: tuple[Place, ...], paid: bool) -> None:
        for place in places:
            place.add(now, paid)
        if not paid and trips(self.strangers.seen(now), self.lately.seen(now)):
            self.opened_s = now


@dataclass
class Told:
    """What came of a simulated day."""

    reached: int = 0
    honest: int = 0
    blocked: int = 0


def a_day(*, subnets: int, cards_work: float, seed: int, honest: int = 20_000, keeps_device: bool = False) -> Told:
    """10,000 stolen cards from 500 addresses within an hour, among a day of honest gifts with their own declines."""
    dice, town, told = random.Random(seed), Town(), Told()
    homes = [f"10.{number // 250}.{number % 250}.{dice.randrange(250)}" for number in range(3_000)]
    for home in homes:
        town.subnet[home.rpartition(".")[0]].ever_paid = dice.random() < 0.97
    robbers = [f"172.{number % subnets // 250}.{number % subnets % 250}.{number}" for number in range(500)]
    events = [(dice.uniform(0, DAY_S), "") for _ in range(honest)]
    events += [(dice.uniform(ATTACK_BEGINS_S, ATTACK_ENDS_S), robbers[card % 500]) for card in range(10_000)]
    for now, robber in sorted(events):
        if robber:
            device = f"bot-{robber}" if keeps_device else f"bot-{dice.random()}"
            told.reached += town.attempt(now, robber, device, lambda: dice.random() < cards_work)
            continue
        home = dice.choice(homes)
        told.honest += 1
        tries = dice.random() < HONEST_DECLINE, False
        told.blocked += not all(
            town.attempt(now + at, home, f"own-{home}", lambda declined=declined: not declined)
            for at, declined in enumerate(tries if tries[0] else tries[1:])
        )
    return told


@pytest.mark.parametrize("keeps_device", [False, True])
@pytest.mark.parametrize("subnets", [2, 25, 125, 500])
def test_of_ten_thousand_cards_at_most_fifty_reach_the_gateway(subnets: int, keeps_device: bool) -> None:
    told = a_day(subnets=subnets, cards_work=0.0, seed=SEED + subnets, keeps_device=keeps_device)
    assert told.reached <= 50, told
    assert told.blocked <= told.honest * 0.001, told


def test_without_the_breaker_the_same_attack_would_get_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demeu.treasury.gateways.tests.test_defence.trips", lambda *groups: False)
    assert a_day(subnets=500, cards_work=0.0, seed=SEED, honest=2_000).reached > 500


def test_an_honest_day_without_an_attack_is_not_held_up_at_all() -> None:
    dice, town = random.Random(SEED), Town()
    homes = [f"10.0.{number % 250}.{number // 250}" for number in range(2_000)]
    passed = [
        town.attempt(at * 4.0, home := dice.choice(homes), f"own-{home}", lambda: dice.random() > HONEST_DECLINE)
        for at in range(20_000)
    ]
    assert passed.count(False) <= 20 and town.opened_s < 0


def test_a_mobile_network_that_thousands_share_stays_open() -> None:
    dice, town = random.Random(SEED), Town()
    passed = [town.attempt(float(at), "10.9.9.9", f"own-{at}", lambda: dice.random() > 0.2) for at in range(5_000)]
    assert all(passed)


def origin(number: int, device: str = "") -> GiftOrigin:
    return GiftOrigin(address=f"a{number}", subnet=f"s{number // 20}", device=device)


def try_card(number: int, *, paid: bool, device: str = "", card: str = "") -> bool:
    gift = new_id()
    try:
        admit(gift=gift, gateway="halyk", origin=origin(number, device), donor=None)
    except Refusal as refusal:
        assert refusal.code == "gift.too_many_tries"
        return False
    note_outcome(gift=gift, state=GiftState.RECEIVED if paid else GiftState.DECLINED, card=card)
    return True


@pytest.mark.django_db(transaction=True)
def test_the_same_door_on_postgresql() -> None:
    for home in range(1_000, 1_100, 20):
        assert try_card(home, paid=True, device=f"d{home}")
    reached = sum(try_card(number % 100, paid=False, device=f"bot{number}") for number in range(300))
    assert reached <= 50 and breaker_is_open() and BreakerOpening.objects.count() == 1
    assert try_card(1_001, paid=True, device="new in a known place")
    assert try_card(1_020, paid=True, device="d1020")
    with clock.frozen(clock.now() + BREAKER_STAYS + WINDOW):
        assert not breaker_is_open() and try_card(5, paid=True, device="later")


@pytest.mark.django_db(transaction=True)
def test_many_cards_from_one_device_are_stopped_and_other_ways_of_paying_stay() -> None:
    for number in range(3):
        assert try_card(200 + number * 20, paid=False, device="one", card=f"card{number}")
    assert not try_card(400, paid=True, device="one")
    admit(gift=new_id(), gateway="kaspi", origin=origin(400, "one"), donor=None)
    assert CardAttempt.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_gift_is_one_attempt_and_open_pages_are_counted() -> None:
    gift = new_id()
    for _ in range(20):
        admit(gift=gift, gateway="halyk", origin=origin(1, "d"), donor=None)
    assert CardAttempt.objects.count() == 1
    for _ in range(4):
        admit(gift=new_id(), gateway="halyk", origin=origin(1, "d"), donor=None)
    with pytest.raises(Refusal, match=r"gift\.too_many_tries"):
        admit(gift=new_id(), gateway="halyk", origin=origin(1, "d"), donor=None)


@pytest.mark.django_db(transaction=True)
def test_origins_are_forgotten_after_half_a_year() -> None:
    try_card(1, paid=True)
    with clock.frozen(clock.now() + timedelta(days=181)):
        forget_attempts.run()
    assert CardAttempt.objects.count() == 0
