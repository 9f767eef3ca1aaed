"""Background work of live pages: desks and cabinets hear of money that moved; old notes go."""

from demeu.kernel.jobs import task
from demeu.portal.live import actions
from demeu.portal.live.rules import queue_topic


@task()
def payouts_moved(*, payout: str, case: str, items: list[str], state: str) -> None:
    """`payout.changed`: the desks of payouts and deliveries."""
    actions.tell(queue_topic("payouts"))
    actions.tell(queue_topic("deliveries"))


@task()
def forget_old_changes() -> None:
    """Notes older than an hour go."""
    actions.forget_old()
