"""The picture that networks and messengers show beside the link of a case. Public words only; keeps nothing."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from demeu.kernel.money import format_tenge
from demeu.portal.catalogue.cards import words_in
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.regions import region_name

TEMPLATE = Path(__file__).with_name("share_card.typ")
DOTS_PER_INCH = 144
FILLS = {"delivered": "#0b5c70", "paid": "#4394a6", "held": "#e2a72e", "received": "#f0cb7e"}
TITLE_LENGTH_MAX = 110


def share_card(case: Any, money: MoneyStates, lang: str) -> bytes:
    """1200 × 630 pixels, PNG, in one language."""
    title = words_in(case, "title", lang)
    with override(lang):
        sums = {"sum": format_tenge(money.collected_tiyn, lang), "goal": format_tenge(money.goal_tiyn or 0, lang)}
        words = {
            "lang": lang,
            "group": str(name_of(case.group)),
            "region": region_name(case.region_kato, lang),
            "title": title if len(title) <= TITLE_LENGTH_MAX else f"{title[:TITLE_LENGTH_MAX].rstrip()}…",
            "sum": _("%(sum)s of %(goal)s") % sums,
            "segments": [{"width": one.width, "fill": FILLS[one.key]} for one in money.segments],
            "name": _("Demeu"),
            "link": f"№ {case.number}",
        }
    inputs = {"words": json.dumps(words, ensure_ascii=False)}
    drawn = typst.compile(TEMPLATE, format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs, ignore_system_fonts=True)
    if not isinstance(drawn, bytes):
        raise ValueError("the card must fit one picture")
    return drawn
