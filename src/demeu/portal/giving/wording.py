"""Words of giving: ways for money that is no longer needed, steps, reasons of a decline."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FALLBACK_TEXTS: dict[str, tuple[Promise, Promise, Promise]] = {
    "same_group": (
        _("Give it to a similar family"),
        _("The same kind of need, in any region"),
        _("to a similar family"),
    ),
    "same_region": (_("Keep it in the region"), _("Another family of the same region"), _("in the same region")),
    "most_urgent": (
        _("Give it to those who wait longest"),
        _("By the published fair order"),
        _("to those who wait longest"),
    ),
    "ask": (
        _("Ask me"),
        _("The money waits for your answer; without one for 30 days it goes to a similar family"),
        _("you will be asked"),
    ),
    "return": (_("Return it to me"), _("To the same card, within 3 working days"), _("back to the donor")),
}

GATEWAY_TEXTS: dict[str, tuple[Promise, Promise]] = {
    "halyk": (_("By card, through Halyk"), _("Any Visa or Mastercard; the bank's own page opens")),
    "kaspi": (_("In the Kaspi app"), _("From a Kaspi account, without card numbers")),
    "freedom": (_("By card, through Freedom Pay"), _("Any Visa or Mastercard; the gateway's own page opens")),
    "transfer": (_("By bank transfer"), _("An invoice to pay from any account; good for companies")),
    "tiptop": (_("By card, through TipTop Pay"), _("Any Visa or Mastercard; the gateway's own page opens")),
}

DEMO_GATEWAY = _("Demonstration, no real money")
ASK_POOLED = _("The money waits for your answer; without one for 30 days it goes to those who wait longest")

FUND_TITLES: dict[str, Promise] = {
    "fund": _("Those who wait longest"),
    "sustainability": _("The running of the platform"),
    "reserve": _("The reserve for emergencies"),
}
FUND_NOTES: dict[str, Promise] = {
    "fund": _("The money goes to open cases in the published fair order: need, waiting time, least seen."),
    "sustainability": _(
        "It pays for servers, audits and people who keep the platform going. From gifts to families we take nothing."
    ),
    "reserve": _("It waits for fires, floods and other emergencies, and is never spent on anything else."),
}

PROGRAMME_TEXTS: dict[str, tuple[Promise, Promise]] = {
    "growing_up": (_("Growing up"), _("Clothes, school things and a bed of their own for children and young people.")),
    "care_at_home": (
        _("Care at home"),
        _("For older people and people with a disability: what makes a day at home possible."),
    ),
    "treatment": (_("Treatment"), _("For those who are gravely ill: medicine, travel to the clinic, care.")),
    "safe_roof": (_("A safe roof"), _("For people without a home, after a disaster or after violence.")),
}

# A dedication is chosen from a list: a free text could name somebody, and names are not kept here.
DEDICATION_TEXTS: dict[str, Promise] = {
    "birthday": _("For a birthday"),
    "wedding": _("For a wedding"),
    "newborn": _("For a newborn child"),
    "memory": _("In loving memory"),
    "health": _("For somebody's recovery"),
    "thanks": _("With gratitude"),
}

EVERY_TEXTS: dict[str, tuple[Promise, Promise]] = {
    "once": (_("Once"), _("One payment and no more")),
    "month": (
        _("Every month"),
        _("On the same day, until you stop it; skip, change or stop with one tap, without asking anybody"),
    ),
}
PLAN_STATES: dict[str, Promise] = {"active": _("Goes on"), "stopped": _("Stopped")}
PLAN_ENDS: dict[str, Promise] = {
    "donor": _("You stopped it. Nothing is charged any more."),
    "missed": _("The card could not be charged two months in a row, so we stopped it. Nothing is charged any more."),
    "never_paid": _("The first payment was not made."),
}
MONTH_STATES: dict[str, Promise] = {
    "planned": _("will be tried again"),
    "trying": _("the bank is being asked"),
    "paid": _("given"),
    "missed": _("could not be charged, left out"),
    "skipped": _("skipped by you"),
    "reminded": _("you were reminded"),
}
UNDO_TEXTS: dict[str, Promise] = {
    "skip": _("Do not skip after all"),
    "change": _("Put the last change back"),
    "stop": _("Go on giving every month"),
}
DONE_TEXTS: dict[str, Promise] = {
    "skip": _("The next month is skipped."),
    "change": _("Changed from the next charge on."),
    "stop": _("Stopped. Nothing is charged any more. Thank you for all that you have given."),
    "undo": _("It is as it was before."),
}

RETURN_REASONS: dict[str, Promise] = {
    "donor_wish": _("I have changed my mind"),
    "mistake": _("I gave by mistake or the wrong sum"),
    "double": _("The payment was made twice"),
}
REFUND_TEXTS: dict[str, Promise] = {
    "asked": _("You asked for it back; the answer comes by the date below"),
    "approved": _("Approved; the money will be sent back to its source"),
    "sent": _("Sent back to its source; the bank will confirm it"),
    "paid": _("Returned to its source"),
    "refused": _("Not returned"),
    "cancelled": _("Recalled through the bank, so not sent a second time"),
}
REFUSAL_TEXTS: dict[str, Promise] = {
    "delivered_soon": _("the purchase is being made with it just now"),
    "not_the_giver": _("we could not see that it was you who gave"),
    "other": _("please write to us, we shall explain"),
}

STEPS: tuple[Promise, ...] = (_("Sum"), _("Payment"), _("Done"))

# (title, what it means) of the four steps of money, as a donor reads them.
MONEY_STEPS: dict[str, tuple[Promise, Promise]] = {
    "received": (_("Received"), _("The bank has confirmed the payment; it stands in the open journal.")),
    "held": (_("In reserve"), _("The statement of our account shows the money; it is kept for the need.")),
    "paid": (_("Paid"), _("Transferred to the supplier, under two signatures.")),
    "delivered": (_("Delivered"), _("There is an act of delivery, and the family has confirmed it.")),
}

INTENT_TEXTS: dict[str, Promise] = {
    "started": _("Not paid yet"),
    "pending": _("Being confirmed"),
    "unknown": _("The bank is silent, we keep asking"),
    "received": _("Received"),
    "declined": _("The bank declined the payment"),
    "expired": _("Not paid in time"),
    "refunded": _("Returned to you"),
    "charged_back": _("Recalled through the bank"),
}
