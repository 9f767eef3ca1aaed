"""Rows of the portal as the public API says them. Reads by page, never row by row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from demeu.contracts import treasury
from demeu.portal.catalogue.figures import figures_by_case
from demeu.portal.public_api import schemas
from demeu.portal.ui.regions import COUNTRY, REGIONS, Region
from demeu.portal.wishes.prices import price_list

LANGS = ("kk", "ru", "en")
COUNTRY_KATO = "000000000"


def address(name: str, *args: object) -> str:
    """The whole address of a page."""
    return f"{settings.DEMEU_PORTAL_PUBLIC_URL}{reverse(name, args=args)}"


def sums(row: Any) -> schemas.Sums:
    """The four sums of anything that has them."""
    return schemas.Sums(
        received_tiyn=row.received_tiyn,
        held_tiyn=row.held_tiyn,
        paid_tiyn=row.paid_tiyn,
        delivered_tiyn=row.delivered_tiyn,
    )


def words(row: Any, part: str) -> schemas.Words:
    """A text of a case in three languages."""
    return schemas.Words(**{lang: getattr(row, f"{part}_{lang}") for lang in LANGS})


def cases(rows: Sequence[Any]) -> list[schemas.Case]:
    """Cases with their money as last heard: one query for all."""
    figures = figures_by_case([row.id for row in rows])
    return [case(row, figures.get(row.id)) for row in rows]


def case(row: Any, figures: Any) -> schemas.Case:
    """One case; without figures nothing has been given."""
    nothing = schemas.Sums(received_tiyn=0, held_tiyn=0, paid_tiyn=0, delivered_tiyn=0)
    return schemas.Case(
        number=row.number,
        url=address("catalogue:case", row.number),
        stage=row.state,
        group=row.group,
        region_kato=row.region_kato[:2].ljust(9, "0"),
        urgency=row.urgency,
        category=row.category,
        verified_by=row.verified_by,
        visited_on=row.visited_on,
        published_at=row.published_at,
        title=words(row, "title"),
        story=words(row, "story"),
        needed_tiyn=figures.needed_tiyn if figures else 0,
        sums=sums(figures) if figures else nothing,
        gifts=figures.gifts if figures else 0,
        as_of=figures.as_of if figures else None,
    )


def items(rows: Iterable[Any], numbers: Mapping[UUID, str]) -> list[schemas.Item]:
    """Things; `numbers` are those of their cases."""
    return [
        schemas.Item(
            id=row.id,
            case=numbers[row.case],
            code=row.code,
            name=schemas.Words(**price_list().price(row.code).names),
            detail=row.detail,
            quantity=row.quantity,
            unit_price_tiyn=row.unit_price_tiyn,
            amount_tiyn=row.amount_tiyn,
            stage=row.state,
        )
        for row in rows
    ]


def lines(steps: Iterable[treasury.TrailStep]) -> list[schemas.LedgerLine]:
    """Steps of money."""
    return [schemas.LedgerLine.model_validate(step.model_dump()) for step in steps]


def regions() -> list[schemas.Region]:
    """The twenty regions."""
    return [
        schemas.Region(kato=code.ljust(9, "0"), name=region_words(region), lat=region.lat, lon=region.lon)
        for code, region in sorted(REGIONS.items())
    ]


def region_words(region: Region) -> schemas.Words:
    """A region's names."""
    return schemas.Words(kk=region.kk, ru=region.ru, en=region.en)


def region_of(kato: str) -> Region:
    """The region of a code of two or nine digits; the whole country for its zeros."""
    return REGIONS.get(kato[:2], COUNTRY)


def gift(row: Any, made: Any, now: treasury.Gift | None, page: treasury.PaymentPage | None) -> schemas.Gift:
    """A gift: the portal's own row, what key made it, treasury's word when it was asked, where to pay."""
    parts = now.parts if now else ()
    numbers = _numbers([part.case for part in parts if part.case])
    return schemas.Gift(
        id=row.gift,
        state=now.state if now else row.state,
        test=made.kind == "test",
        amount_tiyn=row.amount_tiyn,
        addition_tiyn=row.addition_tiyn,
        currency="KZT",
        target=_target(row),
        reference=made.reference,
        created_at=row.created_at,
        received_at=now.received_at if now else row.received_at,
        page_url=address("giving:gift", row.gift),
        payment=payment(row, page),
        parts=[
            schemas.GiftPart(
                case=numbers.get(part.case) if part.case else None,
                item=part.item,
                amount_tiyn=part.amount_tiyn,
                state=part.state,
            )
            for part in parts
        ],
        log_index=now.log_index if now else None,
    )


def payment(row: Any, page: treasury.PaymentPage | None) -> schemas.Payment | None:
    """Where to pay: the gateway's page, or ours with the words of an invoice; None when there is nothing to pay."""
    if page is None:
        return None
    link = page.link_url or address("giving:pay", row.gift)
    return schemas.Payment(gateway=page.gateway, link_url=link, expires_at=page.expires_at)


def _target(row: Any) -> schemas.Target:
    value = row.target_code or "1"
    if row.target_kind == "item":
        value = str(row.target_id)
    elif row.target_kind == "case":
        value = _numbers([row.case]).get(row.case, "1")
    return schemas.Target(kind=row.target_kind, value=value)


def _numbers(ids: list[UUID]) -> dict[UUID, str]:
    from demeu.portal.cases.queries import cases_by_id

    return {key: found.number for key, found in cases_by_id(ids).items()} if ids else {}
