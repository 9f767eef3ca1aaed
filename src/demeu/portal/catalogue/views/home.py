"""The first page: two doors, where the money stands, who waits. Serves also while treasury is away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.treasury import PlatformMoney
from demeu.contracts.words import NeedGroup
from demeu.portal.catalogue import ledger, queries
from demeu.portal.catalogue.cards import card, movements
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.ui.money_states import MoneyStates

MOVEMENTS_SHOWN = 5


def money_of_all(platform: PlatformMoney | None, totals: queries.Totals) -> MoneyStates:
    """Treasury's sums; without it the sum of what is known of each case."""
    if platform is None:
        return totals.money
    sums = platform.sums
    return MoneyStates(sums.delivered_tiyn, sums.paid_tiyn, sums.held_tiyn, sums.received_tiyn)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`"""
    platform, totals, counts = ledger.platform(), queries.totals(), queries.counts(Wanted())
    shown = {
        "money": money_of_all(platform, totals),
        "platform": platform,
        "totals": totals,
        "groups": [(str(group), counts["group"][str(group)]) for group in NeedGroup],
        "waiting_long": counts["waiting"]["90"],
        "regions": {code: count for code, count in counts["region"].items() if count and code != "00"},
        "forgotten": [card(row) for row in queries.forgotten()],
        "movements": movements(platform.last_steps[:MOVEMENTS_SHOWN]) if platform else [],
        "steps": [_("Registers"), _("Score"), _("Home visit"), _("Payment and delivery")],
        "log_root": _short(platform.log_root) if platform else "",
    }
    return render(request, "catalogue/home.html", shown)


def _short(root: str) -> str:
    return root[:16]
