"""How a gift is shown: its sums in the four states, the trail, the cases it went to. Arithmetic and words only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from demeu.contracts.treasury import Gift, GiftPart
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.rules import IntentState
from demeu.portal.giving.wording import FALLBACK_TEXTS, MONEY_STEPS
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.wording import day_short

ORDER = ("received", "held", "paid", "delivered")
PAID_STATES = ("received", "refunded", "charged_back")
WAITING_STATES = ("started", "pending", "unknown")


@dataclass(frozen=True)
class Shown:
    """What a gift's page shows: from the treasury when it answers, else from the portal's own copy."""

    intent: GiftIntent
    gift: Gift | None

    @property
    def state(self) -> str:
        """The gift's state, the treasury's word before our copy."""
        return self.gift.state if self.gift else str(self.intent.state)

    @property
    def is_received(self) -> bool:
        """Whether the money came, wherever it is now."""
        return self.state in PAID_STATES

    @property
    def is_waiting(self) -> bool:
        """Whether it is not decided yet."""
        return self.state in WAITING_STATES

    @property
    def at(self) -> datetime:
        """When the money came, else when the gift was begun."""
        known = self.gift.received_at if self.gift else self.intent.received_at
        return known or self.intent.created_at

    @property
    def money(self) -> MoneyStates | None:
        """The gift's sums in the four states; None while only the treasury could tell."""
        return money_of(self.gift.parts) if self.gift and self.is_received else None


def money_of(parts: Sequence[GiftPart]) -> MoneyStates:
    """Parts added up by state."""
    sums = dict.fromkeys(ORDER, 0)
    for part in parts:
        sums[part.state] += part.amount_tiyn
    return MoneyStates(sums["delivered"], sums["paid"], sums["held"], sums["received"])


def trail(shown: Shown) -> list[dict[str, Any]]:
    """The four steps: reached by all of the money, by a part of it, or ahead."""
    total = sum(part.amount_tiyn for part in shown.gift.parts) if shown.gift else 0
    steps = []
    for position, state in enumerate(ORDER):
        reached = sum(
            p.amount_tiyn for p in (shown.gift.parts if shown.gift else ()) if ORDER.index(p.state) >= position
        )
        when = "done" if total and reached == total else "now" if reached else "ahead"
        title, text = MONEY_STEPS[state]
        first = state == "received" and shown.is_received
        proof = shown.gift.log_index if shown.gift and first else None
        steps.append(
            {
                "when": "done" if first else when,
                "state": state,
                "date": day_short(shown.at) if first else "",
                "title": title,
                "text": text,
                "proof": "" if proof is None else proof,
                "proof_href": journal_href(proof),
            }
        )
    return steps


def question_of(shown: Shown) -> dict[str, Any] | None:
    """What the donor is asked about a surplus: how much, until when, each answer in words, what holds without one."""
    asked = shown.gift.surplus if shown.gift else None
    if asked is None:
        return None
    return {
        "amount_tiyn": asked.amount_tiyn,
        "until": asked.answer_by,
        "ways": [(way, FALLBACK_TEXTS[way][0], FALLBACK_TEXTS[way][1]) for way in asked.ways],
        "default": FALLBACK_TEXTS[asked.default][2],
    }


def journal_href(index: int | None) -> str:
    """Where a record of the open journal is shown; empty when there is no such page."""
    if index is None:
        return ""
    for name in ("catalogue:journal", "journal"):
        try:
            return f"{reverse(name)}#r{index}"
        except NoReverseMatch:
            continue
    return ""


def destinations(parts: Sequence[GiftPart], cases: Mapping[UUID, Any], lang: str) -> list[dict[str, Any]]:
    """Parts by case, largest first; what is not allocated yet stands under no case."""
    found: dict[UUID | None, list[GiftPart]] = {}
    for part in parts:
        found.setdefault(part.case, []).append(part)
    rows = []
    for case_id, own in found.items():
        case = cases.get(case_id) if case_id else None
        rows.append(
            {
                "case": case,
                "title": title_of(case, lang) if case else "",
                "amount_tiyn": sum(part.amount_tiyn for part in own),
                "states": [state for state in ORDER if any(part.state == state for part in own)],
            }
        )
    return sorted(rows, key=lambda row: -row["amount_tiyn"])


def title_of(case: Any, lang: str) -> str:
    """A case's title in the reader's language, in Russian when there is none."""
    return getattr(case, f"title_{lang}", "") or case.title_ru


def is_over(intent: GiftIntent) -> bool:
    """Whether our copy says that nothing more can be paid for this gift."""
    return intent.state != IntentState.STARTED
