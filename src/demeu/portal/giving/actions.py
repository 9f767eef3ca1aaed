"""Beginning gifts and noting what became of them. Keyword-only, one transaction each. No money moves here."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.portal.giving.models import Basket, GiftIntent
from demeu.portal.giving.queries import Target, found_target
from demeu.portal.giving.rules import GATEWAYS, IntentState, Wanted, check_monthly, check_same_gift, heard
from demeu.portal.legal.actions import accept
from demeu.portal.live.actions import tell
from demeu.portal.live.feeds import own_topic
from demeu.portal.live.rules import gift_topic

OF_ONE_GIFT = (
    "target_kind",
    "target_id",
    "target_code",
    "amount_tiyn",
    "fallback",
    "anonymous",
    "gateway",
    "dedication",
    "monthly",
    "addition_tiyn",
)


@transaction.atomic
def begin_gift(
    *,
    gift: UUID,
    target: Target,
    amount_tiyn: int,
    fallback: str,
    anonymous: bool,
    offer_version: str,
    donor: UUID | None,
    lang: str,
    by: str,
    gateway: str = GATEWAYS[0],
    dedication: str = "",
    monthly: bool = False,
    addition_tiyn: int = 0,
    origin: Mapping[str, str] | None = None,
) -> GiftIntent:
    """Write the gift down under the id of its form; the same form again is the same gift.

    `amount_tiyn` is all that is paid; `addition_tiyn` of it is added for running the platform.

    Refuses `gift.case_closed`, `gift.changed`, `legal.text_changed`, `monthly.one_need`, `monthly.sign_in`.
    """
    asked = target.for_treasury
    if monthly:
        check_monthly(kind=asked.kind, signed_in=donor is not None)
    fields = {
        "target_kind": asked.kind,
        "target_id": asked.id,
        "target_code": asked.code or "",
        "amount_tiyn": amount_tiyn,
        "fallback": fallback,
        "anonymous": anonymous,
        "gateway": gateway,
        "dedication": dedication,
        "monthly": monthly,
        "addition_tiyn": addition_tiyn,
    }
    known = GiftIntent.objects.select_for_update().filter(gift=gift).first()
    if known is None:
        known = _begin(
            gift, target, fields, donor=donor, offer_version=offer_version, lang=lang, by=by, origin=origin or {}
        )
    check_same_gift(
        known=[getattr(known, name) for name in OF_ONE_GIFT],
        asked=[fields[name] for name in OF_ONE_GIFT],
        known_tiyn=known.amount_tiyn,
    )
    return known


def _begin(
    gift: UUID,
    target: Target,
    fields: Mapping[str, object],
    *,
    donor: UUID | None,
    offer_version: str,
    lang: str,
    by: str,
    origin: Mapping[str, str],
) -> GiftIntent:
    """A new row, unless another request with the same form was a moment faster."""
    if not target.is_open:
        raise conflict("gift.case_closed")
    accept(kind="offer", version=offer_version, subject=f"gift:{gift}", by=by)
    row, made = GiftIntent.objects.get_or_create(
        gift=gift,
        defaults={
            **fields,
            "case": target.case.id if target.case else None,
            "donor": donor,
            "offer_version": offer_version,
            "lang": lang,
            "origin": dict(origin),
            "created_at": clock.now(),
        },
    )
    if made:
        record(
            actor=by, action="gift.begin", subject=f"gift:{gift}", amount_tiyn=row.amount_tiyn, target=row.target_kind
        )
    return row


@transaction.atomic
def begin_basket(
    *,
    basket: UUID,
    gifts: Sequence[Mapping[str, Any]],
    donor: UUID | None,
    lang: str,
    by: str,
    origin: Mapping[str, str],
) -> Basket:
    """Write several gifts down at once, all or none; the same form again is the same basket.

    `gifts`: cleaned forms, each with the case's `number`. Refuses `basket.changed` and what `begin_gift` refuses.
    """
    ids = [str(given["gift"]) for given in gifts]
    row, made = Basket.objects.get_or_create(id=basket, defaults={"gifts": ids, "created_at": clock.now()})
    if row.gifts != ids:
        raise conflict("basket.changed")
    for given in gifts:
        begin_gift(
            gift=given["gift"],
            target=found_target(Wanted("case", given["number"])),
            amount_tiyn=given["amount_tiyn"],
            fallback=given["fallback"],
            anonymous=given["anonymous"],
            gateway=given["gateway"],
            offer_version=given["offer_version"],
            origin=origin,
            donor=donor,
            lang=lang,
            by=by,
        )
    if made:
        record(actor=by, action="basket.begin", subject=f"basket:{basket}", gifts=len(ids))
    return row


@transaction.atomic
def note_gift(*, gift: UUID, state: str, by: str) -> bool:
    """Copy what the treasury said of a gift; False when it changes nothing or the gift is not ours."""
    row = GiftIntent.objects.select_for_update().filter(gift=gift).first()
    if row is None:
        return False
    after = heard(IntentState(row.state), state)
    if after == row.state:
        return False
    row.state = after
    if after == IntentState.RECEIVED:
        row.received_at = clock.now()
    row.save(update_fields=["state", "received_at"])
    record(actor=by, action=f"gift.{after}", subject=f"gift:{gift}")
    tell(gift_topic(gift))
    if row.donor is not None:
        tell(own_topic(row.donor))
    return True
