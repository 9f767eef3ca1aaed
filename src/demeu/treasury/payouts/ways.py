"""The ways of handing an approved payout over. A payout keeps to the way it was first handed over by."""

from typing import Protocol

from django.conf import settings

from demeu.treasury.payouts.bank import fund_bank
from demeu.treasury.payouts.freedom import freedom_payouts

BANK, FREEDOM = "bank", "freedom"


class Way(Protocol):
    """Takes payments as filled pain.001 and answers with pain.002; asked by the message's id what became of one."""

    @property
    def profile(self) -> str:
        """Whose profile in banks.yaml says where КНП and КБе stand."""

    def pay(self, xml: str) -> bytes:
        """Hand over a filled document; the pain.002 that answers it. Raises a refusal `….unavailable`."""

    def answer_about(self, message_id: str) -> bytes | None:
        """The pain.002 about a message; None when it was never seen."""


def chosen_way() -> str:
    """The way that the service is set to."""
    return str(settings.DEMEU_TREASURY_PAYOUT_WAY)


def way_named(name: str) -> Way:
    """The way by its name: `bank` or `freedom`."""
    return freedom_payouts() if name == FREEDOM else fund_bank()
