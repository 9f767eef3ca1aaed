"""The first page: two doors, where the money stands, who waits. Serves also while treasury is away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.treasury import PlatformMoney
from demeu.contracts.words import NeedGroup
from demeu.kernel.errors import Kind, suppressed
from demeu.portal.cases.queries import public_case
from demeu.portal.catalogue import ledger, queries
from demeu.portal.catalogue.cards import card, movements
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.shelf.loading import edition
from demeu.portal.ui.kept_pages import kept_for_guests
from demeu.portal.ui.money_states import MoneyStates

MOVEMENTS_SHOWN = 5
CARDS_SHOWN = 3


def money_of_all(platform: PlatformMoney | None, totals: queries.Totals) -> MoneyStates:
    """Treasury's sums; without it the sum of what is known of each case."""
    if platform is None:
        return totals.money
    sums = platform.sums
    return MoneyStates(sums.delivered_tiyn, sums.paid_tiyn, sums.held_tiyn, sums.received_tiyn)


@require_safe
@kept_for_guests(queries.edition_key)
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
        "at": edition().at,
        "emergencies": counts["urgency"]["emergency"],
        "urgent": [card(row) for row in queries.first_found(CARDS_SHOWN, urgency="emergency")],
        "forgotten": [card(row) for row in queries.forgotten()],
        "movements": movements(platform.last_steps[:MOVEMENTS_SHOWN]) if platform else [],
        "steps": [_("Registers"), _("Score"), _("Home visit"), _("Payment and delivery")],
        "log_root": _short(platform.log_root) if platform else "",
    }
    return render(request, "catalogue/home.html", shown)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """`/check/?number=`: to the trail of a case, or to a record of the journal; says so when there is neither."""
    written = request.GET.get("number", "").strip().lstrip("№# ").replace("\x00", "")[:20]
    if written.isascii() and written.isdigit():
        return redirect(f"{reverse('catalogue:journal')}#r{written}")
    with suppressed(Kind.NOT_FOUND):
        return redirect(f"{reverse('catalogue:case', args=[public_case(written).number])}#trail")
    return render(request, "catalogue/check.html", {"written": written}, status=404 if written else 200)


def _short(root: str) -> str:
    return root[:16]
