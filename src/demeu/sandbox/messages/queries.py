"""Reading phones and their conversations."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Sum

from demeu.sandbox.messages.models import Letter, Message
from demeu.sandbox.messages.rules import SEGMENT_PRICE_TIYN, START_BALANCE_TIYN

PHONES_SHOWN_MAX = 100
MESSAGES_SHOWN_MAX = 500


@dataclass(frozen=True)
class Phone:
    """A number and its latest message."""

    number: str
    last: Message


def phones() -> Sequence[Phone]:
    """Phones that have messages, the newest message first."""
    rows = (
        Message.objects.exclude(direction="lost")
        .values("number")
        .annotate(last=Max("id"))
        .order_by("-last")[:PHONES_SHOWN_MAX]
    )
    latest = Message.objects.in_bulk([row["last"] for row in rows])
    return [Phone(row["number"], latest[row["last"]]) for row in rows]


def conversation(number: str, after: int = 0) -> Sequence[Message]:
    """Messages of a phone with an id above ``after``, oldest first (the newest 500)."""
    rows = (
        Message.objects.filter(number=number, id__gt=after)
        .exclude(direction="lost")
        .order_by("-id")[:MESSAGES_SHOWN_MAX]
    )
    return list(reversed(rows))


def sent(gateway: str, ids: Sequence[int]) -> Sequence[Message]:
    """Messages that this gateway took, by id; the others' are unknown to it."""
    return list(Message.objects.filter(gateway=gateway, id__in=ids).order_by("id"))


def sender_to_answer(number: str) -> str:
    """The name under which the phone was last written to."""
    last = Message.objects.filter(number=number, direction="in").order_by("-id").first()
    return last.partner if last else ""


def balance_tiyn() -> int:
    """What is left of the gateway's prepaid money."""
    spent = Message.objects.filter(gateway="mobizon").aggregate(all=Sum("segments"))["all"] or 0
    return START_BALANCE_TIYN - int(spent) * SEGMENT_PRICE_TIYN


def letters(recipient: str = "", after: int = 0) -> Sequence[Letter]:
    """Letters with an id above `after`, oldest first (the newest 100); of one recipient when named."""
    rows = Letter.objects.filter(id__gt=after)
    if recipient:
        rows = rows.filter(recipient=recipient.lower())
    return list(reversed(rows.order_by("-id")[:PHONES_SHOWN_MAX]))
