"""What the page of giving offers: sums with their reasons, ways for surplus money, the case beside the form."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from demeu.contracts.treasury import PROGRAMMES
from demeu.contracts.words import NeedGroup
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.kernel.money import decimal_tenge
from demeu.portal.cases.queries import public_cases
from demeu.portal.giving.forms import GiftForm
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.queries import Target, money_of_case, open_prices
from demeu.portal.giving.rules import DEDICATIONS, GATEWAYS, POOLED, WHOLE_FUNDS, Wanted, fallbacks_for, offered_amounts
from demeu.portal.giving.showing import title_of
from demeu.portal.giving.wording import (
    ASK_POOLED,
    DEDICATION_TEXTS,
    EVERY_TEXTS,
    FALLBACK_TEXTS,
    FUND_NOTES,
    FUND_TITLES,
    GATEWAY_TEXTS,
    PROGRAMME_TEXTS,
    STEPS,
)
from demeu.portal.legal.queries import current_version
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.regions import REGIONS, region_name
from demeu.portal.ui.wording import language
from demeu.portal.wishes.prices import price_list

FIRST_TILE = 1


def amount_page(
    target: Target,
    posted: GiftForm | None = None,
    *,
    gift: UUID | None = None,
    written: str = "",
    signed_in: bool = False,
) -> dict[str, Any]:
    """Everything the page shows; `gift` is a fresh id when the form's own may not be used again."""
    first = fallbacks_for(target.wanted.kind)[0]
    form = posted or GiftForm(initial={"amount": written[:60], "fallback": first})
    money = money_of_case(target.case.id) if target.case else None
    left = _left(target, money)
    tiles = [
        (amount, _tile_words(why) if target.case else "") for amount, why in offered_amounts(left, _prices(target))
    ]
    typed = form.data if form.is_bound else {}
    return {
        "form": posted,
        "fields": form,
        "target": target,
        "wanted": target.wanted,
        "gift": gift or typed.get("gift") or new_id(),
        "steps": STEPS,
        "tiles": tiles,
        "chosen": typed.get("suggested") if form.is_bound else _first(tiles, written),
        "anonymous": bool(typed.get("anonymous")) if form.is_bound else True,
        "gateways": [(name, *GATEWAY_TEXTS[name]) for name in GATEWAYS],
        "dedications": [
            ("", _("Without a dedication"), ""),
            *((code, DEDICATION_TEXTS[code], "") for code in DEDICATIONS),
        ],
        "signed_in": signed_in,
        "pooled": target.wanted.kind in POOLED,
        "often": [(code, *EVERY_TEXTS[code]) for code in EVERY_TEXTS],
        "dedicated": bool(typed.get("dedication")),
        "fallbacks": _fallbacks(target.wanted.kind),
        "offer_version": current_version("offer"),
        "offer_taken": bool(typed.get("offer")) and typed.get("offer_version") == current_version("offer"),
        "case": target.case,
        "title": target_title(target),
        "fund_note": FUND_NOTES.get(target.wanted.kind, ""),
        "programme_note": PROGRAMME_TEXTS[target.wanted.text][1] if target.wanted.kind == "programme" else "",
        "adding": bool(typed.get("addition")),
        "money": money,
        "left_tiyn": left,
    }


def target_title(target: Target) -> str:
    """What the gift is for, in words."""
    if target.item is not None:
        return price_list().price(target.item.code).names[language()]
    if target.case is not None:
        return title_of(target.case, language())
    if target.wanted.kind == "group":
        return str(name_of(target.wanted.text))
    if target.wanted.kind == "region":
        return region_name(target.wanted.text)
    if target.wanted.kind == "programme":
        return str(PROGRAMME_TEXTS[target.wanted.text][0])
    return str(FUND_TITLES[target.wanted.kind])


def for_what(row: GiftIntent) -> str:
    """What a gift is for, in words, when it is for no single case; empty otherwise."""
    return title_for(row.target_kind, row.target_code)


def title_for(target_kind: str, code: str) -> str:
    """A group, region, programme or fund in words; empty for anything else."""
    kind = next((kind for kind in POOLED if kind == target_kind), None)
    return target_title(Target(Wanted(kind, code or "1"))) if kind else ""


def choice_page() -> dict[str, Any]:
    """Everything that one can give to beside a single case: funds, programmes that are open, groups and regions."""
    day = clock.today()
    return {
        "funds": [(kind, FUND_TITLES[kind], FUND_NOTES[kind]) for kind in WHOLE_FUNDS],
        "programmes": [
            (code, *PROGRAMME_TEXTS[code]) for code, programme in PROGRAMMES.items() if programme.is_open(day)
        ],
        "groups": [(group.value, name_of(group.value)) for group in NeedGroup],
        "regions": sorted(((code, region_name(code)) for code in REGIONS), key=lambda row: row[1]),
    }


def way_back(row: GiftIntent) -> str:
    """The page of giving for the same target and sum, to begin again."""
    wanted = Wanted(next((kind for kind in WHOLE_FUNDS if kind == row.target_kind), "fund"), "1")
    if row.target_kind == "case" and row.case:
        number = public_cases().filter(id=row.case).values_list("number", flat=True).first()
        wanted = Wanted("case", number) if number else wanted
    elif row.target_kind == "item":
        wanted = Wanted("item", str(row.target_id))
    elif row.target_kind == "group":
        wanted = Wanted("group", row.target_code)
    elif row.target_kind == "region":
        wanted = Wanted("region", row.target_code)
    elif row.target_kind == "programme":
        wanted = Wanted("programme", row.target_code)
    return f"{reverse('giving:give')}?{urlencode({wanted.kind: wanted.text, 'amount': _plain(row.amount_tiyn)})}"


def _fallbacks(kind: str) -> list[tuple[str, Any, Any]]:
    """What can become of a surplus, each with what it means for this kind of purpose."""
    rows = [(way, *FALLBACK_TEXTS[way][:2]) for way in fallbacks_for(kind)]
    return [(way, title, ASK_POOLED if way == "ask" and kind in POOLED else note) for way, title, note in rows]


def _plain(amount_tiyn: int) -> str:
    return decimal_tenge(amount_tiyn).removesuffix(".00")


def _left(target: Target, money: MoneyStates | None) -> int | None:
    """What is still to be raised for the case, or the item's whole price at most."""
    if money is None:
        return None
    return min(money.rest_tiyn, target.item.amount_tiyn) if target.item else money.rest_tiyn


def _prices(target: Target) -> dict[str, int]:
    if target.item is not None:
        return {target.item.code: target.item.unit_price_tiyn}
    return open_prices(target.case.id) if target.case else {}


def _tile_words(why: str) -> str:
    if why == "whole":
        return _("all that is left")
    if why.startswith("item:"):
        return price_list().price(why.removeprefix("item:")).names[language()]
    return _("a part of the way")


def _first(tiles: list[tuple[int, str]], written: str) -> str:
    """The tile chosen at first: the second when there is one; none when a sum is already written."""
    if written or not tiles:
        return ""
    return str(tiles[min(FIRST_TILE, len(tiles) - 1)][0])
