"""Every word of a closed list with its names in three languages."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils import translation

from demeu.contracts.treasury import PROGRAMMES
from demeu.contracts.words import NeedGroup
from demeu.portal.catalogue import wording as catalogue
from demeu.portal.giving import wording as giving
from demeu.portal.public_api.schemas import Category, Words
from demeu.portal.public_api.wording import CASE_STAGES
from demeu.portal.ui.groups import name_of
from demeu.portal.wishes.prices import price_list


@lru_cache(maxsize=1)
def categories() -> list[Category]:
    """All of them, list by list; made once, for words change with the code only."""
    return list(_all())


def _all() -> Iterator[Category]:
    tables: dict[Any, Mapping[str, Any]] = {
        "group": {str(group): name_of(group) for group in NeedGroup},
        "urgency": catalogue.URGENCY,
        "case_stage": CASE_STAGES,
        "item_stage": {code: label for code, (_state, label) in catalogue.ITEM_STATES.items()},
        "programme": {code: giving.PROGRAMME_TEXTS[code][0] for code in PROGRAMMES},
        "fallback": {code: texts[0] for code, texts in giving.FALLBACK_TEXTS.items()},
        "gateway": {code: texts[0] for code, texts in giving.GATEWAY_TEXTS.items()},
    }
    for kind, words in tables.items():
        for code, name in words.items():
            yield Category(kind=kind, code=code, name=in_three(name))
    for price in price_list().prices:
        yield Category(kind="item", code=price.code, name=Words(**price.names))


def in_three(text: Any) -> Words:
    """A lazy text in each language."""
    said = {}
    for lang in ("kk", "ru", "en"):
        with translation.override(lang):
            said[lang] = str(text)
    return Words(**said)
