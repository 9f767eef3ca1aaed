"""Background work of messages: handing over with retries for about four hours, receipts, digests."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.vault.messages import digests, handing, receipts

# Waits of 1, 2, 4 … s up to the longest: both paces last more than four hours, so a delivery's own term ends them.
ATTEMPTS, WAIT_S_MAX = 120, 300
URGENT_ATTEMPTS, URGENT_WAIT_S_MAX = 1000, 30


@task(attempts=ATTEMPTS, wait_s_max=WAIT_S_MAX)
def hand_over(*, delivery: str) -> None:
    """Hand one delivery over; a silent gateway is tried again until its term ends."""
    handing.hand_over(delivery=UUID(delivery))


@task(attempts=URGENT_ATTEMPTS, wait_s_max=URGENT_WAIT_S_MAX, priority=10)
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
