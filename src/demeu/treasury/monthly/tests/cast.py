"""A gateway that charges again as it is told, and a plan whose first gift has come."""

from dataclasses import dataclass, field
from uuid import UUID

from demeu.contracts.treasury import GiftTarget
from demeu.kernel.errors import invalid, unavailable
from demeu.kernel.ids import new_id
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word, start_payment
from demeu.treasury.gateways.freedom.gateway import FreedomGateway
from demeu.treasury.gateways.ports import Order, Page
from demeu.treasury.gateways.queries import gift_of_order
from demeu.treasury.monthly.actions.plans import begin_plan, open_plan
from demeu.treasury.monthly.models import Plan
from demeu.treasury.tests.cast import Story


@dataclass
class Charging:
    """What the gateway does with charges: `pays`, `declines`, `refuses`, `silent`. Counts orders it was sent."""

    does: str = "pays"
    name: str = "freedom"
    sent: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    words: dict[int, GatewayWord] = field(default_factory=dict)

    def open_page(self, order: Order) -> Page:
        assert order.monthly
        return Page("", {}, "http://gateway.test/")

    def charge_again(self, order: Order, *, first_order: int) -> None:
        self.sent.append(order.number)
        self.firsts.append(first_order)
        if self.does == "refuses":
            raise invalid("gateway.refused", gateway=self.name)
        word = Word.PAID if self.does == "pays" else Word.FAILED
        if self.does == "silent":
            raise unavailable("gateway.unavailable", gateway=self.name)
        self.words[order.number] = GatewayWord(word, order.amount_tiyn, "KZT", "R")

    def ask_status(self, order_number: int) -> GatewayWord:
        return self.words.get(order_number, GatewayWord(Word.WAITING))

    refunded_tiyn = FreedomGateway.refunded_tiyn
    refund = FreedomGateway.refund
    read_callback = FreedomGateway.read_callback
    answer = FreedomGateway.answer

    def pay_late(self, order_number: int) -> None:
        """Money of an attempt that had failed."""
        gift = gift_of_order(order_number)
        assert gift is not None
        word = GatewayWord(Word.PAID, gift_view(gift).amount_tiyn, "KZT", "R")
        self.words[order_number] = word
        apply_word(gift=gift, heard=word)


def monthly_gift(gateway: Charging, donor: UUID, amount_tiyn: int = 500_000) -> Plan:
    """A plan that goes on: its first gift came just now (by the frozen clock)."""
    asked = Story().asked(
        amount_tiyn, target=GiftTarget(kind="fund"), donor=donor, monthly=True, gateway=gateway.name, gift=new_id()
    )
    open_plan(asked=asked)
    start_payment(asked=asked, gateway=gateway)  # type: ignore[arg-type]
    apply_word(gift=asked.gift, heard=GatewayWord(Word.PAID, amount_tiyn, "KZT", "R"))
    assert begin_plan(plan=asked.gift)
    return Plan.objects.get(id=asked.gift)
