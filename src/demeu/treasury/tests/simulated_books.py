"""The treasury's real actions on PostgreSQL, driven by a seed; clock, gateway, bank and queue are stand-ins.

Messages of the queue come in any order and twice; the gateway and the bank repeat and contradict themselves.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import connection

from demeu.contracts.treasury import DeliveryConfirm, DeliveryRecord, GiftTarget, NeedClose
from demeu.contracts.words import NeedGroup, Urgency
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.treasury.allocation.actions import allocate_gift, announce_held, release_case
from demeu.treasury.donations.actions.gifts import GatewayWord, hold_gift, start_gift
from demeu.treasury.donations.actions.needs import close_need
from demeu.treasury.donations.queries import undecided_gifts
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.queries import balances_tiyn, lots
from demeu.treasury.ledger.rules import Account, Kind, Lot, moved
from demeu.treasury.payouts.actions.deliver import confirm_delivery, record_delivery
from demeu.treasury.payouts.actions.send import hear_bank
from demeu.treasury.payouts.actions.settle import return_payout, settle_payout
from demeu.treasury.payouts.answer import BankAnswer
from demeu.treasury.tests.cast import ACTOR, Story

GROUPS = (NeedGroup.CHILDREN_YOUTH, NeedGroup.OLDER_PEOPLE)
FALLBACKS = ("same_group", "same_region", "most_urgent", "return")
REGIONS = ("750000000", "710000000")
AHEAD = timedelta(days=30)  # promises that look at the server's own clock must not see this history as stale
CASES_MAX, GIFTS_MAX, QUEUE_MAX = 6, 12, 30
WORDS = (Word.PAID, Word.PAID, Word.PAID, Word.FAILED, Word.WAITING, Word.UNREACHABLE)
Message = Callable[[], object]


@dataclass
class Case:
    """A case of two items and the payout that is under way."""

    story: Story
    sums: dict[UUID, int]
    payout: UUID | None = None
    steps: list[str] = field(default_factory=list)

    @property
    def asked_tiyn(self) -> int:
        """Both items together."""
        return sum(self.sums.values())


class Books:
    """One history. `clumsy` posts a second time under another id what the gateway repeats: a planted fault."""

    def __init__(self, seed: int, *, clumsy: bool = False) -> None:
        self.draw = random.Random(seed)
        self.clumsy = clumsy
        self.now = clock.now() + AHEAD
        self.cases: list[Case] = []
        self.gifts: dict[UUID, int] = {}
        self.queue: list[Message] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.moves = (self.give, self.word, self.word, self.settle, self.work, self.work, self.pay, self.pay,
                      self.deliver, self.repeat, self.close)  # fmt: skip
        self.last: Message = lambda: None

    def step(self) -> None:
        """One thing happens; a refusal is an answer, anything else is a defect."""
        self.now += timedelta(seconds=self.draw.randrange(600))
        with clock.frozen(self.now):
            try:
                self.draw.choice(self.moves)()
            except Refusal as refusal:
                self.refused[refusal.code] += 1

    def check(self) -> None:
        """Every promise of every app, and what this history knows of its own gifts, after the sweep of its minute."""
        with clock.frozen(self.now):
            for gift in undecided_gifts(asked_before=self.now, limit=GIFTS_MAX):
                apply_word(gift=gift, heard=GatewayWord(Word.WAITING))
        broken = broken_invariants()
        assert broken == [], str(broken)
        for gift, amount in self.gifts.items():
            standing = sum(one.amount_tiyn for one in lots(gift=gift))
            assert standing in (0, amount), f"{standing} of a gift of {amount}"
        balances = balances_tiyn()
        assert sum(balances.values()) == 0, str(balances)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")

    def do(self, name: str, message: Message) -> object:
        """Something is done for the first time; it may be repeated later, word for word."""
        self.last = message
        answer = message()
        self.done[name] += 1
        return answer

    def new(self) -> UUID:
        """An id of this history."""
        return UUID(int=self.draw.getrandbits(128), version=4)

    def give(self) -> None:
        """A case opens where one is missing; a donor starts where few are under way."""
        if len(self.cases) < CASES_MAX:
            story = Story(case=self.new(), coat=self.new(), boots=self.new())
            sums = {story.coat: self.draw.randint(1, 40_000), story.boots: self.draw.randint(1, 40_000)}
            place = {"group": self.draw.choice(GROUPS), "region": self.draw.choice(REGIONS)}
            urgency = self.draw.choice(tuple(Urgency))
            story.declare(sums[story.coat], sums[story.boots], urgency=urgency, **place)  # type: ignore[arg-type]
            self.cases.append(Case(story, sums))
        if len(self.gifts) < GIFTS_MAX:
            gift, amount = self.new(), self.draw.randint(1, 60_000)
            asked = self.cases[0].story.asked(
                amount, gift=gift, target=self.target(), fallback=self.draw.choice(FALLBACKS)
            )
            self.gifts[gift] = amount
            self.do("started", lambda: start_gift(asked=asked, gateway="demo"))

    def target(self) -> GiftTarget:
        """What a donor chooses."""
        if self.draw.random() < 0.4:
            return GiftTarget(kind="case", id=self.draw.choice(self.cases).story.case)
        if self.draw.random() < 0.5:
            return GiftTarget(kind="group", code=self.draw.choice(GROUPS))
        return GiftTarget(kind="fund")

    def word(self) -> None:
        """The gateway says something of a gift, perhaps with a wrong sum."""
        if not self.gifts:
            return
        gift = self.draw.choice(list(self.gifts))
        word, right = self.draw.choice(WORDS), self.draw.random() < 0.95
        heard = GatewayWord(word, self.gifts[gift] if right else self.gifts[gift] + 1, "KZT")
        self.do("heard", lambda: apply_word(gift=gift, heard=heard))
        self.later(lambda: allocate_gift(gift=gift))
        if self.clumsy and word is Word.PAID:
            legs = moved(1, out_of=Account.GATEWAY_DEMO, into=Account.RECEIVED, lot=Lot(gift))
            post_transfer(transfer=self.new(), kind=Kind.RECEIVE, legs=legs)

    def settle(self) -> None:
        """The bank has the gateway's money of a gift."""
        if not self.gifts:
            return
        gift = self.draw.choice(list(self.gifts))
        fee = self.draw.randrange(self.gifts[gift]) // 40
        net, entry = self.gifts[gift] - fee, self.new().hex
        if self.do("settled", lambda: hold_gift(gift=gift, net_tiyn=net, fee_tiyn=fee, entry=entry)):
            self.later(lambda: announce_held(gift=gift))
            self.later(lambda: allocate_gift(gift=gift))

    def later(self, message: Message) -> None:
        """Into the queue, now and then twice."""
        self.queue += [message] * self.draw.choice((1, 1, 2))
        del self.queue[QUEUE_MAX:]

    def work(self) -> None:
        """A message of the queue, not the oldest one."""
        if self.queue:
            message = self.queue.pop(self.draw.randrange(len(self.queue)))
            self.do("worked", message)

    def pay(self) -> None:
        """A payout goes one step on, or back."""
        case = self.draw.choice(self.cases) if self.cases else None
        if case is None:
            return
        story, payout = case.story, case.payout
        if payout is None:
            held = sum(one.amount_tiyn for one in lots(cases=[story.case], accounts=[Account.HELD]))
            if held == case.asked_tiyn:
                case.payout, case.steps = self.new(), ["prepared"]
                self.do("prepared", lambda: story.prepare(case.asked_tiyn, payout=case.payout))
        elif case.steps[-1] == "prepared":
            case.steps.append("approved")
            self.do("approved", lambda: story.approve(payout))
        elif case.steps[-1] == "approved":
            taken = self.draw.random() < 0.8
            self.do("sent", lambda: hear_bank(payout=payout, answer=BankAnswer(taken, "" if taken else "AC01")))
            case.steps.append("sent")
            case.payout = payout if taken else None
        elif case.steps[-1] == "sent":
            entry = self.new().hex
            self.do("paid", lambda: settle_payout(
                payout=payout, amount_tiyn=case.asked_tiyn, entry=entry, bank=Account.BANK_DEMO))  # fmt: skip
            case.steps.append("paid")
        elif self.draw.random() < 0.5:
            entry = self.new().hex
            if self.do("returned", lambda: return_payout(
                payout=payout, amount_tiyn=case.asked_tiyn, entry=entry, reason="AC04")):  # fmt: skip
                case.payout = None

    def deliver(self) -> None:
        """Acts and confirmations of a paid case; one that has all its help makes room."""
        paid = [one for one in self.cases if one.payout and one.steps[-1] == "paid"]
        for case in paid if self.draw.random() < 0.3 else ():
            for item in case.sums:
                act = DeliveryRecord(case=case.story.case, item=item, act_document=self.new(), act_sha256="0" * 64)
                yes = DeliveryConfirm(case=case.story.case, item=item, by="sms")
                record_delivery(asked=act, actor=ACTOR)
                self.do("delivered", lambda yes=yes: confirm_delivery(asked=yes, actor=ACTOR))  # type: ignore[misc]
            self.finish(case, "completed")
            return

    def repeat(self) -> None:
        """The last thing once more, word for word."""
        self.last()
        self.done["repeated"] += 1

    def close(self) -> None:
        """A case without a payout is withdrawn: its money goes on by each gift's fallback."""
        idle = [case for case in self.cases if case.payout is None]
        if idle and self.draw.random() < 0.15:
            self.finish(self.draw.choice(idle), "withdrawn")

    def finish(self, case: Case, reason: str) -> None:
        """The case takes no more; gifts that have nothing left to move are forgotten here."""
        close = NeedClose.model_validate({"case": case.story.case, "reason": reason})
        self.do(reason, lambda: close_need(close=close, actor=ACTOR))
        for gift in release_case(case=case.story.case):
            self.later(lambda gift=gift: allocate_gift(gift=gift))  # type: ignore[misc]
        self.cases.remove(case)
        for gift in list(self.gifts):
            if all(one.account is Account.DELIVERED for one in lots(gift=gift)):
                del self.gifts[gift]
