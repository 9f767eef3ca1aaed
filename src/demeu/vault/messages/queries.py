"""Reading messages and wishes. Callers that show what they read to anyone leave an access record themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from demeu.contracts.vault import Channel, MessageKind
from demeu.kernel import clock
from demeu.vault.messages import rules, wording
from demeu.vault.messages.models import ConfirmedMail, Delivery, Habits, OutgoingMessage, PushDevice, SwitchedOff
from demeu.vault.sealing.cipher import blind, unseal

PAGE = 30
FIGURES_OVER = timedelta(days=7)
FIGURES = """
SELECT channel, count(*), count(*) FILTER (WHERE handed_at <= due_at + %(prompt)s * interval '1 second'),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY handed_at - due_at),
    percentile_disc(0.95) WITHIN GROUP (ORDER BY handed_at - due_at),
    count(*) FILTER (WHERE state = 'delivered'), count(*) FILTER (WHERE state IN ('failed', 'given_up'))
FROM vault_messages_delivery
WHERE due_at BETWEEN %(since)s AND %(until)s AND state NOT IN ('dropped', 'collected', 'in_digest')
GROUP BY channel ORDER BY channel
"""


@dataclass(frozen=True)
class Line:
    """One message with its words and its ways."""

    row: OutgoingMessage
    title: str
    text: str
    ways: tuple[Delivery, ...]


@dataclass(frozen=True)
class Figure:
    """One channel in the last days. Seconds are None while nothing was handed over."""

    channel: Channel
    messages: int
    prompt: int
    half_s: float | None
    most_s: float | None
    delivered: int
    not_delivered: int


def hours_of(person: UUID) -> rules.Hours:
    """The person's own hours, or those of the platform."""
    row = Habits.objects.filter(person=person).first()
    return rules.Hours(row.quiet_from, row.quiet_until, row.digest_hour) if row else platform_hours()


def platform_hours() -> rules.Hours:
    """What holds for whoever has chosen nothing: `DEMEU_VAULT_QUIET_HOURS`, for instance «22-8»."""
    start, _, end = settings.DEMEU_VAULT_QUIET_HOURS.partition("-")
    return rules.Hours(int(start), int(end)) if start and end else rules.Hours(0, 0)


def switched_off(person: UUID, kind: MessageKind) -> list[str]:
    """The channels that the person switched off for this kind; before the first choice those off for everybody."""
    row = SwitchedOff.objects.filter(person=person, kind=kind.value).first()
    return list(row.channels) if row else list(rules.OFF_AT_FIRST.get(kind, ()))


def mail_confirmed(person: UUID, address: str) -> bool:
    """Whether this very address was confirmed by a code."""
    return (
        bool(address)
        and ConfirmedMail.objects.filter(person=person, address_blind=blind("mail", address.lower())).exists()
    )


def devices_of(person: UUID) -> list[PushDevice]:
    """The browsers of a person."""
    return list(PushDevice.objects.filter(person=person).order_by("created_at"))


def inbox(person: UUID, before: datetime | None, count: int = PAGE) -> list[Line]:
    """Messages of a person, newest first."""
    rows = OutgoingMessage.objects.filter(person=person, in_inbox=True).prefetch_related("deliveries")
    if before:
        rows = rows.filter(created_at__lt=before)
    return [line_of(row) for row in rows.order_by("-created_at")[:count]]


def line_of(row: OutgoingMessage) -> Line:
    """A message with its words; a template that is gone has no title any more."""
    template = wording.TEMPLATES.get(row.template)
    lang = rules.language_of(row.lang)
    return Line(
        row,
        template.title[lang] if template else "",
        unseal(row.id, "message.text", row.text),
        tuple(sorted(row.deliveries.all(), key=lambda way: way.channel)),
    )


def unread(person: UUID) -> int:
    """How many messages of a person are not read."""
    return OutgoingMessage.objects.filter(person=person, in_inbox=True, read_at__isnull=True).count()


def by_check(typed: str, reached: str) -> OutgoingMessage | None:
    """The message with this code, if it really went to this phone (last four digits) or mail address."""
    check, where = rules.check_of(typed), reached.strip().lower()
    row = OutgoingMessage.objects.filter(check_code=check).prefetch_related("deliveries").first() if check else None
    if row is None or len(where) < 4:
        return None
    addresses = [unseal(way.id, "delivery.address", way.address).lower() for way in row.deliveries.all()]
    wanted = where if "@" in where else "".join(sign for sign in where if sign.isdigit())[-4:]
    fits = [address == wanted if "@" in where else address.endswith(wanted) for address in addresses if address]
    return row if len(wanted) >= 4 and any(fits) else None


def figures() -> tuple[datetime, list[Figure]]:
    """Promptness of the last seven days, by channel; what was due within the last 10 s is not judged yet."""
    until = clock.now() - timedelta(seconds=rules.PROMPT_S)
    since = until - FIGURES_OVER
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"prompt": rules.PROMPT_S, "since": since, "until": until})
        rows = cursor.fetchall()
    return since, [
        Figure(Channel(channel), count, prompt, _seconds(half), _seconds(most), delivered, not_delivered)
        for channel, count, prompt, half, most, delivered, not_delivered in rows
    ]


def _seconds(given: timedelta | None) -> float | None:
    return None if given is None else max(0.0, given.total_seconds())
