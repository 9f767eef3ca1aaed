"""How gifts, cases, news and reasons are shown to a donor. Words and arithmetic only."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demeu.contracts.treasury import OwnGift
from demeu.kernel.money import format_tenge
from demeu.portal.cases.models import CaseUpdate
from demeu.portal.catalogue.cards import card, item_name, words_in
from demeu.portal.catalogue.wording import UPDATES
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.offering import for_what
from demeu.portal.giving.rules import IntentState
from demeu.portal.giving.showing import title_of
from demeu.portal.giving.wording import INTENT_TEXTS
from demeu.portal.patron.counting import money_of
from demeu.portal.patron.forms import TasteForm, group_choices, region_choices
from demeu.portal.patron.queries import Proposal
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.wording import language
from demeu.portal.wishes.queries import items_by_id

CHOICES: dict[str, Callable[[], Sequence[tuple[str, object]]]] = {"groups": group_choices, "regions": region_choices}
TABS = (
    ("patron:home", gettext_lazy("Overview")),
    ("giving:mine", gettext_lazy("My gifts")),
    ("patron:impact", gettext_lazy("What they did")),
    ("patron:following", gettext_lazy("Followed")),
    ("patron:proposals", gettext_lazy("Proposals")),
    ("giving:monthly", gettext_lazy("Every month")),
    ("papers:mine", gettext_lazy("Papers")),
)


def tabs(path: str) -> list[dict[str, Any]]:
    """The places of a donor, for `<c-tabs>`."""
    return [
        {"href": reverse(name), "label": label, "count": None, "now": path == reverse(name)} for name, label in TABS
    ]


def gift_rows(
    rows: Sequence[GiftIntent], gifts: Sequence[OwnGift], cases: Mapping[UUID, Any], lang: str
) -> list[dict[str, Any]]:
    """The newest gifts: what for, how much, and the states that the treasury told."""
    known = {gift.gift: gift for gift in gifts}
    shown = []
    for row in rows:
        case, gift = cases.get(row.case) if row.case else None, known.get(row.gift)
        shown.append(
            {
                "href": reverse("giving:gift", args=[row.gift]),
                "receipt": reverse("giving:receipt", args=[row.gift]) if row.state == IntentState.RECEIVED else "",
                "topic": f"gift:{row.gift}",
                "group": case.group if case else "",
                "title": title_of(case, lang) if case else for_what(row),
                "amount_tiyn": row.amount_tiyn,
                "at": row.received_at or row.created_at,
                "states": [part.key for part in money_of([gift]).segments] if gift else [],
                "words": INTENT_TEXTS.get(str(row.state), row.state),
            }
        )
    return shown


def case_card(case: Any) -> dict[str, Any]:
    """A case for `<c-case-card>`, with who verified it."""
    return {**card(case), "verified": case.verified_by}


def news(rows: Sequence[CaseUpdate]) -> list[dict[str, Any]]:
    """Lines of cases' histories, newest first, each with its case."""
    items = items_by_id([row.item for row in rows if row.item])
    return [
        {
            "at": row.at,
            "href": reverse("catalogue:case", args=[row.case.number]),
            "title": words_in(row.case, "title"),
            "text": str(UPDATES[row.code])
            % {"item": item_name(items[row.item].code) if row.item in items and row.item else ""},
            "confirmed": row.code in ("item_confirmed", "completed"),
        }
        for row in rows
        if row.code in UPDATES
    ]


def reason_words(proposal: Proposal) -> str:
    """Which of the donor's own choices the case answers, as one line."""
    parts = []
    if proposal.reason.group:
        parts.append(_("you chose «%(choice)s»") % {"choice": name_of(proposal.case.group)})
    if proposal.reason.region:
        parts.append(_("you chose %(choice)s") % {"choice": region_name(proposal.case.region_kato)})
    if proposal.reason.closes_tiyn is not None:
        parts.append(_("%(sum)s closes the need") % {"sum": format_tenge(proposal.reason.closes_tiyn, language())})
    return "; ".join(parts)


def ticks(form: TasteForm, name: str) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is ticked, for every choice of a field."""
    chosen = form[name].value() or []
    return [(str(code), str(label), str(code) in chosen) for code, label in CHOICES[name]()]
