"""Reading needs and gifts. Rows go out as frozen values; models stay inside this app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from demeu.kernel.errors import not_found
from demeu.treasury.donations.models import Gift, Need, NeedItem
from demeu.treasury.donations.rules import UNDECIDED, GiftState


@dataclass(frozen=True)
class GiftView:
    """A gift as others may see it."""

    id: UUID
    state: GiftState
    amount_tiyn: int
    currency: str
    target_kind: str
    target_id: UUID | None
    target_code: str
    fallback: str
    anonymous: bool
    donor: UUID | None
    lang: str
    gateway: str
    started_at: datetime
    expires_at: datetime
    asked_at: datetime | None
    received_at: datetime | None
    held_at: datetime | None
    decline_reason: str
    returned_tiyn: int
    answer: str
    addition_tiyn: int
    kept_tiyn: int

    @property
    def fallback_now(self) -> str:
        """What holds for a surplus: the donor's answer, where the donor wanted to be asked and was."""
        return self.answer or self.fallback


@dataclass(frozen=True)
class ItemView:
    """An item with what decides its place in the order of needs."""

    item: UUID
    case: UUID
    group: str
    region_kato: str
    urgency: str
    opened_at: datetime
    position: int
    amount_tiyn: int
    funded_tiyn: int
    curator: UUID
    open: bool
    dropped: bool


def gifts_received(*, donor: UUID, since: datetime, until: datetime) -> list[GiftView]:
    """A donor's gifts received in a time, oldest first."""
    rows = Gift.objects.filter(donor=donor, received_at__gte=since, received_at__lt=until)
    return [gift_view(gift) for gift in rows.order_by("received_at", "id").values_list("id", flat=True)]


def newest_received(*, donor: UUID, limit: int) -> list[GiftView]:
    """A donor's received gifts, newest first."""
    rows = Gift.objects.filter(donor=donor, received_at__isnull=False).order_by("-received_at", "id")
    return [view_of(row) for row in rows[:limit]]


def gift_view(gift: UUID) -> GiftView:
    """One gift; raises `gift.unknown`."""
    row = Gift.objects.filter(id=gift).first()
    if row is None:
        raise not_found("gift.unknown", gift=str(gift))
    return view_of(row)


def known_gifts(gifts: Sequence[UUID]) -> set[UUID]:
    """Which of these gifts are known."""
    return set(Gift.objects.filter(id__in=gifts).values_list("id", flat=True))


def surplus_gifts(gifts: Sequence[UUID]) -> list[UUID]:
    """Of these gifts the received ones whose donor chose to be asked, or to have a surplus back; oldest first."""
    rows = Gift.objects.filter(id__in=gifts, state=GiftState.RECEIVED, fallback__in=["ask", "return"])
    return list(rows.order_by("received_at", "id").values_list("id", flat=True))


def undecided_gifts(*, asked_before: datetime, limit: int) -> list[UUID]:
    """Gifts whose fate is open and that were not asked about lately, longest unasked first."""
    rows = Gift.objects.filter(state__in=[state.value for state in UNDECIDED])
    rows = rows.filter(Q(asked_at__isnull=True, started_at__lt=asked_before) | Q(asked_at__lt=asked_before))
    return list(rows.order_by(F("asked_at").asc(nulls_first=True)).values_list("id", flat=True)[:limit])


def items_of_cases(cases: Sequence[UUID]) -> list[ItemView]:
    """All items of these cases, in their own order."""
    return _items(NeedItem.objects.filter(need_id__in=cases))


def items_by_id(items: Sequence[UUID]) -> list[ItemView]:
    """These items."""
    return _items(NeedItem.objects.filter(item__in=items))


def fundable_items(case: UUID | None = None) -> list[ItemView]:
    """Every item that may still take money, of one case when given."""
    rows = NeedItem.objects.filter(need__closed_reason="", dropped=False, funded_tiyn__lt=F("amount_tiyn"))
    return _items(rows if case is None else rows.filter(need_id=case))


def case_totals_tiyn(cases: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """What each case asks for and what it has got, over all its items."""
    rows = NeedItem.objects.filter(need_id__in=cases, dropped=False).values("need_id").order_by()
    found = rows.annotate(asked=Sum("amount_tiyn"), funded=Sum("funded_tiyn"))
    return {row["need_id"]: (int(row["asked"]), int(row["funded"])) for row in found}


def need_is_open(case: UUID) -> bool | None:
    """Whether the case takes money; None when it was never declared."""
    reason = Need.objects.filter(case=case).values_list("closed_reason", flat=True).first()
    return None if reason is None else reason == ""


@dataclass(frozen=True)
class SettledView:
    """A gift that the bank has confirmed, as fees are told of it."""

    id: UUID
    gateway: str
    amount_tiyn: int
    addition_tiyn: int
    held_at: datetime


def settled_gifts(gifts: Sequence[UUID] | None = None) -> list[SettledView]:
    """Gifts that the bank has confirmed, of these when given."""
    rows = Gift.objects.filter(held_at__isnull=False)
    rows = rows if gifts is None else rows.filter(id__in=gifts)
    return [
        SettledView(row.id, row.gateway, row.amount_tiyn, row.addition_tiyn, row.held_at)
        for row in rows.order_by("id")
        if row.held_at is not None
    ]


def held_gifts(*, since: datetime, until: datetime) -> list[GiftView]:
    """Gifts that the bank confirmed after a moment and up to another, in that order; none that went back."""
    rows = Gift.objects.filter(held_at__gt=since, held_at__lte=until, state=GiftState.RECEIVED)
    return [view_of(row) for row in rows.order_by("held_at", "id")]


def received_tiyn() -> int:
    """All that was received and not returned."""
    rows = Gift.objects.filter(received_at__isnull=False)
    return int(rows.aggregate(total=Sum(F("amount_tiyn") - F("returned_tiyn")))["total"] or 0)


def for_platform_tiyn() -> tuple[int, int]:
    """What came for running the platform and was not returned: as gifts for it, and as additions to other gifts."""
    rows = Gift.objects.filter(state=GiftState.RECEIVED)
    own = rows.filter(target_kind="sustainability").aggregate(total=Sum(F("amount_tiyn") - F("returned_tiyn")))
    added = rows.exclude(target_kind="sustainability").aggregate(total=Sum("addition_tiyn"))
    return int(own["total"] or 0), int(added["total"] or 0)


def gift_counts() -> tuple[int, int]:
    """Received gifts, and an estimate of donors: each known donor once, each guest's gift as one."""
    received = Gift.objects.filter(received_at__isnull=False)
    found = received.aggregate(
        gifts=Count("id"), known=Count("donor", distinct=True), guests=Count("id", filter=Q(donor=None))
    )
    return found["gifts"], found["known"] + found["guests"]


def view_of(row: Gift) -> GiftView:
    """The frozen value of a row."""
    values = {name: getattr(row, name) for name in GiftView.__dataclass_fields__}
    return GiftView(**{**values, "state": GiftState(row.state)})


def _items(rows: QuerySet[NeedItem]) -> list[ItemView]:
    return [
        ItemView(
            item=row.item,
            case=row.need_id,
            group=row.need.group,
            region_kato=row.need.region_kato,
            urgency=row.need.urgency,
            opened_at=row.need.opened_at,
            position=row.position,
            amount_tiyn=row.amount_tiyn,
            funded_tiyn=row.funded_tiyn,
            curator=row.need.curator,
            open=row.need.closed_reason == "" and not row.dropped,
            dropped=row.dropped,
        )
        for row in rows.select_related("need").order_by("need_id", "position", "item")
    ]


def donors_of(gifts: Sequence[UUID]) -> list[UUID]:
    """References of the signed-in donors of these gifts, each once."""
    rows = Gift.objects.filter(id__in=set(gifts), donor__isnull=False)
    return [donor for donor in rows.order_by("donor").values_list("donor", flat=True).distinct() if donor]


@dataclass(frozen=True)
class ReceivedGift:
    """A received gift as monitoring sees it."""

    gift: UUID
    donor: UUID | None
    amount_tiyn: int
    received_at: datetime


def received_since(since: datetime) -> list[ReceivedGift]:
    """Gifts received from a moment on, oldest first."""
    rows = Gift.objects.filter(received_at__gte=since).order_by("received_at", "id")
    return [
        ReceivedGift(gift, donor, amount, at)
        for gift, donor, amount, at in rows.values_list("id", "donor", "amount_tiyn", "received_at")
        if at is not None
    ]
