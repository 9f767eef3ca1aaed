"""Background work of messages: handing over with retries for about four hours, receipts, digests."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.vault.messages import digests, handing, receipts

# Waits of 1, 2, 4 … 300 s; the delivery's own term ends the attempts.
ATTEMPTS = 100
WAIT_S_MAX = 300


@task(attempts=ATTEMPTS, wait_s_max=WAIT_S_MAX)
def hand_over(*, delivery: str) -> None:
    """Hand one delivery over; a silent gateway is tried again until its term ends."""
    handing.hand_over(delivery=UUID(delivery))


@task(attempts=ATTEMPTS, wait_s_max=30, priority=10)
def hand_over_urgent(*, delivery: str) -> None:
    """The same for codes and emergencies: before all others, and tried more often."""
    handing.hand_over(delivery=UUID(delivery))


@task(attempts=1)
def fetch_receipts() -> None:
    """Ask gateways for receipts."""
    receipts.fetch_receipts()


@task(attempts=1)
def send_digests() -> None:
    """Write the digests that are due."""
    digests.send_digests()
