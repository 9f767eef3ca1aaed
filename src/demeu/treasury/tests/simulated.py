"""A treasury made of its pure rules alone, driven by a seed: clock, gateway, bank and queue are stand-ins in memory.

Words are repeated, come late, contradict each other; every posting is checked as it is made.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from demeu.treasury.allocation.rules import Candidate, Wish
from demeu.treasury.allocation.sharing import share_out
from demeu.treasury.donations.rules import SESSION, GiftState, Word, next_state
from demeu.treasury.ledger.rules import (
    Account,
    Leg,
    Lot,
    LotBalance,
    check_ends,
    check_holding,
    check_legs,
    mirrored,
    moved,
    same_legs,
    step_id,
)
from demeu.treasury.payouts.rules import reserve_legs, settle_legs, take_from

FUNDS = (Account.RECEIVED, Account.HELD, Account.RESERVED, Account.PAID, Account.DELIVERED)
GIFTS_MAX, CASES_MAX = 24, 8
WORDS = (Word.PAID, Word.PAID, Word.FAILED, Word.WAITING, Word.UNREACHABLE)
WAYS = (Wish("fund"), Wish("group", code="children_youth"), Wish("group", code="older_people", fallback="return"))


@dataclass
class Case:
    """A case of one item."""

    candidate: Candidate
    amount_tiyn: int
    funded_tiyn: int = 0
    payout: UUID | None = None
    hold: list[Leg] = field(default_factory=list)
    settled: list[Leg] = field(default_factory=list)
    delivered: bool = False


@dataclass
class Gift:
    """A gift and what the gateway has said of it."""

    id: UUID
    amount_tiyn: int
    wish: Wish
    expires_at: datetime
    state: GiftState = GiftState.PENDING
    held: bool = False
    runs: int = 0


class World:
    """One history. `forgetful` leaves out the idempotency of transfers: a planted fault."""

    def __init__(self, seed: int, *, forgetful: bool = False) -> None:
        self.draw = random.Random(seed)
        self.forgetful = forgetful
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.gifts: list[Gift] = []
        self.cases: list[Case] = []
        self.posted: dict[UUID, list[Leg]] = {}
        self.lots: dict[UUID, dict[tuple[Account, Lot], int]] = {}
        self.items: dict[UUID, dict[tuple[Account, Lot], int]] = {}
        self.accounts: dict[Account, int] = dict.fromkeys(Account, 0)
        self.done = dict.fromkeys(("received", "paid", "returned", "delivered", "released", "repeated"), 0)
        self.moves = (self.give, self.word, self.word, self.settle, self.allocate, self.prepare, self.pay, self.deliver,
                      self.repeat, self.close)  # fmt: skip

    def step(self) -> None:
        """One thing happens."""
        self.now += timedelta(seconds=int(self.draw.random() * 900))
        self.draw.choice(self.moves)()

    def post(self, transfer: UUID, legs: list[Leg]) -> None:
        """As the ledger does: once for ever, balanced, and no lot below zero."""
        known = self.posted.get(transfer)
        if known is not None and not self.forgetful:
            assert known is legs or same_legs(known, legs), "the same id with other content"
            self.done["repeated"] += 1
            return
        check_legs(legs)
        self.posted[transfer] = legs
        for leg in legs:
            self.accounts[leg.account] += leg.amount_tiyn
            if leg.account in FUNDS and leg.lot.gift:
                key = (leg.account, leg.lot)
                self.move(self.lots.setdefault(leg.lot.gift, {}), key, leg.amount_tiyn)
                if leg.lot.item:
                    self.move(self.items.setdefault(leg.lot.item, {}), key, leg.amount_tiyn)
        for leg in legs:
            if leg.account in FUNDS and leg.lot.gift:
                assert self.lots[leg.lot.gift].get((leg.account, leg.lot), 0) >= 0, "a lot owes money"

    def move(self, lots: dict[tuple[Account, Lot], int], key: tuple[Account, Lot], amount_tiyn: int) -> None:
        """A debit takes out of a fund's lot, a credit puts into it."""
        left = lots.get(key, 0) - amount_tiyn
        if left:
            lots[key] = left
        else:
            lots.pop(key, None)

    def standing(self, gift: UUID, *accounts: Account) -> list[LotBalance]:
        """What a gift has on these accounts."""
        return [LotBalance(at, lot, amount) for (at, lot), amount in self.lots.get(gift, {}).items() if at in accounts]

    def of_item(self, item: UUID, account: Account) -> list[LotBalance]:
        """What stands on an account for an item."""
        return [LotBalance(at, lot, sum_) for (at, lot), sum_ in self.items.get(item, {}).items() if at is account]

    def new(self) -> UUID:
        """An id of this history."""
        return UUID(int=self.draw.getrandbits(128), version=4)

    def give(self) -> None:
        """A donor starts; a case opens where one is missing."""
        if len(self.cases) < CASES_MAX:
            amount = self.draw.randint(1, 50_000)
            group = self.draw.choice(("children_youth", "older_people"))
            urgency = self.draw.choice(("emergency", "high", "normal"))
            one = Candidate(self.new(), self.new(), group, "750000000", urgency, self.now, 0, amount, amount, 0)
            self.cases.append(Case(one, amount))
        if len(self.gifts) < GIFTS_MAX:
            wish = self.draw.choice(WAYS)
            self.gifts.append(Gift(self.new(), self.draw.randint(1, 20_000), wish, self.now + SESSION))

    def word(self) -> None:
        """The gateway says something, for the first time or again."""
        if not self.gifts:
            return
        gift = self.draw.choice(self.gifts)
        before = gift.state
        gift.state = next_state(before, self.draw.choice(WORDS), now=self.now, expires_at=gift.expires_at)
        if gift.state is GiftState.RECEIVED:
            legs = moved(gift.amount_tiyn, out_of=Account.GATEWAY_HALYK, into=Account.RECEIVED, lot=Lot(gift.id))
            self.post(step_id(gift.id, "receive"), legs)
            self.done["received"] += before is not gift.state
        elif gift.state in (GiftState.DECLINED, GiftState.EXPIRED) and self.draw.random() < 0.2:
            self.gifts.remove(gift)

    def settle(self) -> None:
        """The bank has the gateway's money."""
        waiting = [gift for gift in self.gifts if gift.state is GiftState.RECEIVED and not gift.held]
        if not waiting:
            return
        gift = self.draw.choice(waiting)
        fee = self.draw.randrange(gift.amount_tiyn) // 40
        legs = [Leg(Account.BANK, gift.amount_tiyn - fee, Lot(gift.id)), Leg(Account.GATEWAY_HALYK, -gift.amount_tiyn)]
        legs += [Leg(Account.FEES, fee, Lot(gift.id))] if fee else []
        for one in self.standing(gift.id, Account.RECEIVED):
            legs += moved(one.amount_tiyn, out_of=Account.RECEIVED, into=Account.HELD, lot=one.lot)
        self.post(step_id(gift.id, "settle"), legs)
        gift.held = True

    def allocate(self) -> None:
        """Free money goes to needs by the rule."""
        if not self.gifts:
            return
        gift = self.draw.choice(self.gifts)
        free = [one for one in self.standing(gift.id, Account.RECEIVED, Account.HELD) if one.lot.item is None]
        open_ = [case for case in self.cases if case.funded_tiyn < case.amount_tiyn]
        if not free or not open_:
            return
        assert len(free) == 1, "free money of a gift stands in one place"
        shares = share_out(free[0].amount_tiyn, gift.wish, [case.candidate for case in open_], at=self.now)
        by_item = {case.candidate.item: case for case in open_}
        legs: list[Leg] = []
        for share in shares:
            case = by_item[share.item]
            assert gift.wish.kind == "fund" or share.scope.startswith("fallback") or (
                case.candidate.group == gift.wish.code
            ), "a purpose was crossed"  # fmt: skip
            after, account = Lot(gift.id, share.case, share.item), free[0].account
            legs += moved(share.amount_tiyn, out_of=account, into=account, lot=free[0].lot, lot_after=after)
            self.fund(case, share.amount_tiyn)
        if legs:
            gift.runs += 1
            self.post(step_id(gift.id, f"allocate:{gift.runs}"), legs)

    def fund(self, case: Case, change_tiyn: int) -> None:
        """An item has got or lost money."""
        case.funded_tiyn += change_tiyn
        assert 0 <= case.funded_tiyn <= case.amount_tiyn, "an item has more than it asks for"
        one = case.candidate
        case.candidate = Candidate(one.item, one.case, one.group, one.region_kato, one.urgency, one.opened_at, 0,
                                   case.amount_tiyn - case.funded_tiyn, case.amount_tiyn, case.funded_tiyn)  # fmt: skip

    def prepare(self) -> None:
        """Held money is set aside for a supplier."""
        for case in self.cases:
            full = case.payout is None and case.funded_tiyn == case.amount_tiyn
            held = self.of_item(case.candidate.item, Account.HELD) if full else []
            if held and sum(one.amount_tiyn for one in held) == case.amount_tiyn:
                case.payout = self.new()
                case.hold = reserve_legs(case.payout, take_from(held, case.amount_tiyn))
                check_holding(case.hold)
                self.post(step_id(case.payout, "reserve"), case.hold)
                return

    def pay(self) -> None:
        """The bank pays what was set aside, rejects it, or returns what it paid."""
        ready = [case for case in self.cases if case.payout is not None and not case.delivered]
        if not ready:
            return
        case = self.draw.choice(ready)
        assert case.payout is not None
        if case.settled:
            if self.draw.random() < 0.1:
                self.post(step_id(step_id(case.payout, "settle"), "reverse"), mirrored(case.settled))
                self.void(case, "returned")
        elif self.draw.random() < 0.2:
            self.void(case, "returned")
        else:
            reserved = self.of_item(case.candidate.item, Account.RESERVED)
            case.settled = settle_legs(case.payout, reserved, Account.BANK)
            check_ends(case.hold, case.settled)
            self.post(step_id(case.payout, "settle"), case.settled)
            self.done["paid"] += 1

    def void(self, case: Case, why: str) -> None:
        """What was set aside is free again."""
        assert case.payout is not None
        self.post(step_id(step_id(case.payout, "reserve"), "reverse"), mirrored(case.hold))
        case.payout, case.hold, case.settled = None, [], []
        self.done[why] += 1

    def deliver(self) -> None:
        """The family has confirmed; a case that is over makes room for another."""
        for case in self.cases:
            if case.settled and not case.delivered:
                legs: list[Leg] = []
                for one in self.of_item(case.candidate.item, Account.PAID):
                    legs += moved(one.amount_tiyn, out_of=Account.PAID, into=Account.DELIVERED, lot=one.lot)
                self.post(step_id(case.candidate.item, "deliver"), legs)
                case.delivered = True
                self.done["delivered"] += 1
                self.cases.remove(case)
                del self.items[case.candidate.item]
                break
        for gift in [one for one in self.gifts if one.held]:
            if sum(one.amount_tiyn for one in self.standing(gift.id, Account.DELIVERED)) == gift.amount_tiyn:
                self.gifts.remove(gift)
                del self.lots[gift.id]

    def repeat(self) -> None:
        """A message comes again, word for word."""
        if self.posted:
            transfer = next(reversed(self.posted))
            self.post(transfer, self.posted[transfer])

    def close(self) -> None:
        """A case ends early: what it has not spent goes back to its gifts."""
        idle = [case for case in self.cases if case.payout is None]
        if not idle or self.draw.random() < 0.7:
            return
        case = self.draw.choice(idle)
        for account in (Account.RECEIVED, Account.HELD):
            for one in self.of_item(case.candidate.item, account):
                assert one.lot.gift
                back = moved(one.amount_tiyn, out_of=account, into=account, lot=one.lot, lot_after=Lot(one.lot.gift))
                self.post(step_id(case.candidate.item, f"release:{one.lot.gift}:{account}"), back)
                self.fund(case, -one.amount_tiyn)
        assert case.funded_tiyn == 0, "a closed case keeps money"
        self.cases.remove(case)
        self.items.pop(case.candidate.item, None)
        self.done["released"] += 1

    def check(self) -> None:
        """Every promise, over everything that is under way."""
        assert sum(self.accounts.values()) == 0, "the books are off"
        for gift in self.gifts:
            whole = sum(one.amount_tiyn for one in self.standing(gift.id, *FUNDS))
            assert whole == (gift.amount_tiyn if gift.state is GiftState.RECEIVED else 0), "a gift is not conserved"
        for case in self.cases:
            stands = sum(one.amount_tiyn for at in FUNDS for one in self.of_item(case.candidate.item, at))
            assert stands == case.funded_tiyn, "an item's lots are not what it has got"
        spent = self.accounts[Account.HELP] + self.accounts[Account.PAID] + self.accounts[Account.DELIVERED]
        assert spent == 0, "what was spent is not what is paid"
