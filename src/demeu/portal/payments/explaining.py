"""Reasons to look closely at a payout, in the reader's words with the numbers behind them. Decides nothing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.contracts import treasury
from demeu.kernel.money import format_tenge
from demeu.portal.accounts.entrance import language

REASON_TEXTS: dict[str, Promise] = {
    "payee.account_shared": _("Another payee in the list has the same account."),
    "payee.account_changed": _(
        "This account replaced another one of the same payee: the payout was held for 48 hours."
    ),
    "payee.account_unchecked": _("Nobody has yet asked the payee itself whether the new account is right."),
    "payee.name_differs": _("The name differs from the one in the state database or in the list."),
    "payee.natural_person": _("The payee is a private person."),
    "payee.related_officer": _("The payee is the preparer of this payout or the curator of the case."),
    "payee.related_donor": _("The payee is a donor whose gift pays for this."),
    "payee.new": _("Nothing has been paid to this payee in the last year."),
    "amount.unusual": _("The sum is far from what this payee usually gets: the middle one of %(count)s is %(median)s."),
    "amount.above_items": _("The sum is above the price of the items together: %(items)s."),
    "invoice.same_number": _("Another payout has an invoice with the same number."),
    "paper.used_before": _("A file of this payout was used before, the same one or one that looks the same."),
    "quotes.too_few": _("%(name)s: %(count)s of %(wanted)s quotes."),
    "quotes.not_cheapest": _("%(name)s: the chosen price %(price)s is not the lowest one, %(cheapest)s."),
    "price.outlier": _(
        "%(name)s: the price %(price)s is far from the middle one of %(count)s known prices, %(median)s."
    ),
}


def explained(row: treasury.Payout, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Each reason in words, with the other payout to look at where there is one."""
    return [_explained(reason, names) for reason in row.reasons]


def _explained(reason: treasury.PayoutReason, names: Mapping[UUID, str]) -> dict[str, Any]:
    facts: dict[str, Any] = dict(reason.facts)
    for name in ("median", "items", "price", "cheapest"):
        if f"{name}_tiyn" in facts:
            facts[name] = format_tenge(int(facts[f"{name}_tiyn"]), language())
    if "item" in facts:
        facts["name"] = names.get(UUID(str(facts["item"])), "")
    text = REASON_TEXTS.get(reason.code)
    other = str(facts.get("payout") or str(facts.get("subject", "")).removeprefix("payout:"))
    return {"code": reason.code, "text": str(text) % facts if text else reason.code, "payout": _uuid(other)}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
