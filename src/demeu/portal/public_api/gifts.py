"""Endpoints of gifts: a partner's program begins one, sends the donor to pay, and asks how its own gifts stand."""

from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Status

from demeu.contracts.treasury import PaymentPage
from demeu.kernel.errors import Refusal, forbidden, invalid, not_found
from demeu.portal.giving import actions, asking
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.queries import found_target, intent, intents_by_id
from demeu.portal.giving.rules import IntentState, fallbacks_for, wanted_of
from demeu.portal.partners.actions import note_gift
from demeu.portal.partners.models import ApiKey, KeyGift
from demeu.portal.partners.queries import gifts_of_team, team_of_gift
from demeu.portal.partners.rules import KeyKind, Scope, real_money_refusal, scope_missing
from demeu.portal.public_api import schemas, showing
from demeu.portal.public_api.answers import answers
from demeu.portal.public_api.rules import (
    CURSOR_LENGTH_MAX,
    PAGE_SIZE,
    PAGE_SIZE_MAX,
    check_idempotency_key,
    cursor_of,
    gift_of,
    number_place,
)
from demeu.portal.public_api.security import PartnerKey

router = Router(tags=["Gifts"], auth=PartnerKey())
IdempotencyKey = Annotated[
    str, Header(..., alias="Idempotency-Key", min_length=8, max_length=80,
                description="8 to 80 signs of yours; the same key is the same gift for ever")
]  # fmt: skip


@router.post(
    "/gifts",
    response=answers(schemas.Gift, status=201, more=(409, 410)),
    operation_id="make_gift",
    summary="Make a gift",
)
def make_gift(
    request: HttpRequest, response: HttpResponse, body: schemas.GiftRequest, idempotency_key: IdempotencyKey
) -> Status[schemas.Gift]:
    """Begin a gift; send the donor to `payment.link_url`. Sent again with the same key it is the same gift.

    Nothing is charged here: the donor pays on the gateway's own page.
    """
    key = _key(request, Scope.GIFTS_WRITE)
    refused = real_money_refusal(key.kind, settings.DEMEU_PROFILE)
    if refused:
        raise refused
    gift = gift_of(key.team, key.kind, check_idempotency_key(idempotency_key))
    row = _begun(gift, body, key)
    page = _payment_page(row, key)
    made = team_of_gift(gift)
    assert made is not None
    shown = showing.gift(row, made, asking.gift_now(gift, _actor(key)), page)
    response["Location"] = f"{settings.DEMEU_PORTAL_PUBLIC_URL}/api/v1/gifts/{gift}"
    return Status(201, shown)


@transaction.atomic
def _begun(gift: UUID, body: schemas.GiftRequest, key: ApiKey) -> GiftIntent:
    wanted = wanted_of({body.target.kind: body.target.value})
    if body.fallback not in fallbacks_for(wanted.kind):
        raise invalid("api.fallback")
    if body.addition_tiyn >= body.amount_tiyn or (wanted.kind == "sustainability" and body.addition_tiyn):
        raise invalid("api.addition")
    row = actions.begin_gift(
        gift=gift,
        target=found_target(wanted),
        amount_tiyn=body.amount_tiyn,
        fallback=body.fallback,
        anonymous=body.anonymous,
        gateway=body.gateway,
        dedication=body.dedication,
        addition_tiyn=body.addition_tiyn,
        offer_version=body.offer_version,
        donor=None,
        lang=body.lang,
        by=_actor(key),
    )
    note_gift(gift=gift, key=key, reference=body.reference)
    return row


def _payment_page(row: GiftIntent, key: ApiKey) -> PaymentPage | None:
    """Where to pay; None for a gift that is over or decided."""
    if row.state != IntentState.STARTED:
        return None
    try:
        return asking.payment_page(row, _actor(key))
    except Refusal as refusal:
        if refusal.code == "gift.already_decided":
            return None
        raise


@router.get("/gifts", response=answers(schemas.GiftPage), operation_id="list_gifts", summary="Gifts of the team")
def list_gifts(
    request: HttpRequest,
    cursor: Annotated[str, Query("", max_length=CURSOR_LENGTH_MAX, description="Cursor of the page")] = "",
    limit: Annotated[int, Query(PAGE_SIZE, ge=1, le=PAGE_SIZE_MAX, description="How many rows at most")] = PAGE_SIZE,
) -> schemas.GiftPage:
    """Gifts that programs of the key's team began; test keys see test gifts, other keys real ones."""
    key = _key(request, Scope.GIFTS_READ)
    rows = gifts_of_team(key.team, _kinds(key))
    before = number_place("gifts", cursor)
    found = list((rows.filter(id__lt=before) if before >= 0 else rows)[: limit + 1])
    page = found[:limit]
    intents = intents_by_id([made.gift for made in page])
    shown = [showing.gift(intents[made.gift], made, None, None) for made in page if made.gift in intents]
    return schemas.GiftPage(
        data=shown, next=cursor_of("gifts", str(page[-1].pk)) if len(found) > limit else None
    )  # fmt: skip


@router.get("/gifts/{gift}", response=answers(schemas.Gift), operation_id="get_gift", summary="One gift of the team")
def get_gift(request: HttpRequest, gift: UUID) -> schemas.Gift:
    """A gift as it stands, with the parts that it has become."""
    key = _key(request, Scope.GIFTS_READ)
    made = team_of_gift(gift)
    if not _is_own(made, key):
        raise not_found("gift.unknown")
    row = intent(gift)
    now = asking.gift_now(gift, _actor(key))
    return showing.gift(row, made, now, None)


def _is_own(made: KeyGift | None, key: ApiKey) -> bool:
    return made is not None and made.team == key.team and made.kind in _kinds(key)


def _kinds(key: ApiKey) -> tuple[str, ...]:
    """Test gifts and real ones are two worlds."""
    return (KeyKind.TEST,) if key.kind == KeyKind.TEST else (KeyKind.LIVE,)


def _key(request: HttpRequest, scope: Scope) -> ApiKey:
    key: ApiKey | None = getattr(request, "api_key", None)
    if key is None:
        raise forbidden("key.needed")
    missing = scope_missing(key.scopes, scope)
    if missing:
        raise missing
    return key


def _actor(key: ApiKey) -> str:
    return f"partner:{key.id}"
