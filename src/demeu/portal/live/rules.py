"""Topics: what may change while a page is open. Pure."""

from uuid import UUID

CHANNEL = "demeu_live"
QUEUES = ("reviews", "visits", "publish", "payouts", "deliveries")
OWN = "own"


def case_topic(number: str) -> str:
    """A public case."""
    return f"case:{number}"


def gift_topic(gift: UUID) -> str:
    """One gift, whose id is known to its giver alone."""
    return f"gift:{gift}"


def queue_topic(queue: str) -> str:
    """A desk's queue; any other name is a bug: KeyError."""
    if queue not in QUEUES:
        raise KeyError(queue)
    return f"queue:{queue}"


def shown_topic(topic: str) -> str:
    """A topic as pages know it: which cabinet it is stays out of the page and of the stream."""
    return OWN if topic.startswith(f"{OWN}:") else topic
