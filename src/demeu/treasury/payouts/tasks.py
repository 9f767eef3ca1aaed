"""Jobs of payouts. Sending may run again at any time: the bank is asked first whether it has the payment."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.treasury.ledger.promises import require_sound_books
from demeu.treasury.payouts.actions.release import release_held
from demeu.treasury.payouts.actions.send import follow_sent, send_to_bank


@task(attempts=200, wait_s_max=60)
def send_payout(*, payout: str) -> None:
    """Hand one approved payout to the bank; it waits (`books.broken`) while the books do not agree with themselves."""
    require_sound_books()
    send_to_bank(payout=UUID(payout))


@task(attempts=1)
def release_payouts() -> None:
    """Let held payouts go on to approval; the next run does what this one could not."""
    release_held()


@task(attempts=1)
def follow_payouts() -> None:
    """Hear of payments that the bank refused after it had taken them."""
    follow_sent()
