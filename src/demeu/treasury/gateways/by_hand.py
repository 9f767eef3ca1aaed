"""What two ways of paying share: nobody calls us back, and money is given back by people."""

from demeu.kernel.errors import invalid
from demeu.treasury.gateways.ports import Answer, Callback, Order, Sent


class ReturnedByHand:
    """A way of paying without callbacks and without a refund of its own."""

    name: str

    def refunded_tiyn(self, order_number: int) -> int:
        """Nothing is given back by itself."""
        return 0

    def refund(self, order_number: int, amount_tiyn: int) -> None:
        """People send it back, and the bank's line closes it. Refuses `gateway.refund_by_hand`."""
        raise invalid("gateway.refund_by_hand", gateway=self.name)

    def charge_again(self, order: Order, *, first_order: int) -> None:
        """Nobody is charged without ordering it: the donor is reminded. Refuses `gateway.no_recurring`."""
        raise invalid("gateway.no_recurring", gateway=self.name)

    def read_callback(self, sent: Sent) -> Callback | None:
        """Nobody posts anything."""
        return None

    def answer(self, sent: Sent) -> Answer:
        """Never asked for."""
        return Answer("{}")
