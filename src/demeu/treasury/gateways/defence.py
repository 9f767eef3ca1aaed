"""Keeping who tried to pay from where (as keyed hashes) and how it ended; refusing what looks like card testing."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from demeu.contracts.treasury import GiftOrigin
from demeu.kernel import clock
from demeu.kernel.errors import too_many
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.donations.rules import GiftState
from demeu.treasury.gateways.defence_rules import (
    BREAKER_STAYS,
    BREAKER_WINDOW,
    BUDGET_WINDOW,
    MEMORY,
    WINDOW,
    Picture,
    Seen,
    Verdict,
    trips,
    verdict_on,
)
from demeu.treasury.gateways.models import BreakerOpening, CardAttempt

log = logger(__name__)
CARD_GATEWAYS = ("halyk", "freedom", "tiptop")
OUTCOMES = {GiftState.RECEIVED: "paid", GiftState.DECLINED: "declined"}


@transaction.atomic
def admit(*, gift: UUID, gateway: str, origin: GiftOrigin | None, donor: UUID | None) -> None:
    """Let one attempt go on to a card gateway; refuses `gift.too_many_tries`. The same gift again is no new attempt."""
    if gateway not in CARD_GATEWAYS or origin is None or CardAttempt.objects.filter(gift=gift).exists():
        return
    picture = picture_of(origin=origin, donor=donor)
    verdict = verdict_on(picture)
    if verdict is not Verdict.LET_IN:
        log.warning("gift.card_testing", verdict=verdict.value)
        raise too_many("gift.too_many_tries")
    CardAttempt.objects.create(
        gift=gift,
        address=origin.address,
        subnet=origin.subnet,
        device=origin.device,
        donor=donor,
        stranger=picture.is_stranger,
        at=clock.now(),
    )


@transaction.atomic
def note_outcome(*, gift: UUID, state: GiftState, card: str = "") -> None:
    """How an attempt ended; a row of declines opens the breaker."""
    outcome = OUTCOMES.get(state)
    if outcome is None:
        return
    changed = (
        CardAttempt.objects.filter(gift=gift)
        .exclude(outcome=outcome)
        .update(outcome=outcome, card=card, decided_at=clock.now())
    )
    if not changed or outcome != "declined" or breaker_is_open():
        return
    everyone = _seen(CardAttempt.objects.all(), BREAKER_WINDOW, by="decided_at")
    strangers = _seen(CardAttempt.objects.filter(stranger=True), BREAKER_WINDOW, by="decided_at")
    if trips(strangers, everyone):
        BreakerOpening.objects.create(at=clock.now(), declined=everyone.declined, paid=everyone.paid)
        log.error("breaker.open", declined=everyone.declined, paid=everyone.paid)


def breaker_is_open() -> bool:
    """Whether strangers' cards are held back just now."""
    return BreakerOpening.objects.filter(at__gt=clock.now() - BREAKER_STAYS).exists()


def picture_of(*, origin: GiftOrigin, donor: UUID | None) -> Picture:
    """What is known of an attempt's origin."""
    rows = CardAttempt.objects
    address, subnet = rows.filter(address=origin.address), rows.filter(subnet=origin.subnet)
    device = rows.filter(device=origin.device) if origin.device else rows.none()
    remembered = {"outcome": "paid", "at__gt": clock.now() - MEMORY}
    is_donor = donor is not None and rows.filter(donor=donor, **remembered).exists()
    opened = BreakerOpening.objects.filter(at__gt=clock.now() - BUDGET_WINDOW).order_by("at").first()
    return Picture(
        address=_seen(address, WINDOW),
        subnet=_seen(subnet, WINDOW),
        device=_seen(device, WINDOW),
        breaker_open=breaker_is_open(),
        known=is_donor or device.filter(**remembered).exists(),
        known_place=subnet.filter(**remembered).exists(),
        strangers=rows.filter(stranger=True, at__gt=opened.at).count() if opened else 0,
    )


@task(attempts=1)
def forget_attempts() -> None:
    """Rows older than the memory are deleted: hashes of addresses are not kept for ever."""
    CardAttempt.objects.filter(at__lt=clock.now() - MEMORY).delete()


def _seen(rows: QuerySet[CardAttempt], window: timedelta, by: str = "at") -> Seen:
    found = rows.filter(**{f"{by}__gt": clock.now() - window}).aggregate(
        declined=Count("gift", filter=Q(outcome="declined")),
        paid=Count("gift", filter=Q(outcome="paid")),
        waiting=Count("gift", filter=Q(outcome="")),
        cards=Count("card", filter=Q(outcome="declined") & ~Q(card=""), distinct=True),
    )
    return Seen(**found)
