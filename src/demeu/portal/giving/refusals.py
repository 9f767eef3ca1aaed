"""Words for the refusals of giving."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "gift.no_amount": _("Choose a sum or write your own, %(least_tiyn)s or more."),
    "gift.too_small": _("The smallest gift is %(least_tiyn)s: below that the bank does not carry a payment."),
    "gift.too_large": _("One payment may be at most %(most_tiyn)s."),
    "gift.currency": _("Gifts are in tenge only. Your bank converts another currency by itself."),
    "gift.no_target": _(
        "We could not read what the gift is for. Choose a case in the list, or help those who wait longest."
    ),
    "gift.case_closed": _("Everything has been raised for this case. Your gift can help another family."),
    "gift.changed": _(
        "A payment of %(known_tiyn)s was already begun from this page. To give differently press the button again:"
        " it will be a separate gift."
    ),
    "basket.unknown": _("We know no such basket. Check the address: it must be copied whole."),
    "basket.changed": _(
        "These gifts were already begun from this page. To give differently press the button again:"
        " they will be separate gifts."
    ),
    "gift.unknown": _("We know no such gift. Check the address: it must be copied whole."),
    "gift.not_received": _("The receipt appears as soon as the bank confirms the payment."),
    "gift.too_many_tries": _(
        "Somebody is trying many cards from your network just now, so cards are held back for a while. Nothing has been"
        " charged. Pay in the Kaspi app, sign in and try again, or come back in an hour."
    ),
    "refund.not_received": _("This gift has not come yet, so there is nothing to return."),
    "refund.no_source": _("This gift did not come through a bank, so it has no source to go back to."),
    "refund.all_spent": _("All of this gift has been spent for its purpose and cannot come back."),
    "refund.partly_spent": _("Only %(refundable_tiyn)s of this gift is not spent yet. Ask for that, or for less."),
    "refund.unknown": _("There is no such return."),
    "refund.decided": _("This return has been decided already."),
    "refund.same_person": _("Who asks for a return does not decide about it."),
    "gift.differs": _("This gift was begun with another sum. Open the page anew to begin another one."),
    "gift.already_decided": _("This gift has already been paid or closed. Its page shows where it stands."),
    "gift.target_unreadable": _("We could not read what the gift is for. Choose a case in the list."),
    "need.closed": _("This case takes no more money. Your gift can help another family."),
    "need.unknown": _("This case does not take money yet. Please try again in a few minutes."),
    "gift.addition": _("What you add for running the platform must be less than what is paid in all."),
    "fallback.way": _("Choose one of the answers."),
    "fallback.answered": _("This question has been answered already."),
    "fallback.not_yours": _("Sign in as the one who gave: only then can you answer about this gift."),
    "monthly.one_need": _(
        "One case ends when it has its money. Every month you can give to a kind of need or a region."
    ),
    "monthly.sign_in": _("Sign in to give every month, so that we can tell you before each charge."),
    "monthly.unknown": _("There is no such monthly gift."),
    "monthly.not_yours": _("This monthly gift is not yours."),
    "monthly.stopped": _("This monthly gift has been stopped already. Nothing is charged."),
    "monthly.waiting": _("The first payment of this monthly gift has not come yet."),
    "monthly.month_begun": _("This month is being charged already. Change the next one, or stop."),
    "monthly.day": _("Choose a day from 1 to 31."),
    "monthly.nothing_to_undo": _("There is nothing to take back."),
    "monthly.too_late_to_undo": _("This change has been charged already, or is older than %(days)s days."),
    "gateway.no_recurring": _("This way of paying cannot charge by itself."),
    "treasury.away": _("The ledger does not answer just now. Please try again in a minute."),
    "gateway.unavailable": _(
        "The bank's payment page does not answer. Nothing has been charged; try again in a minute."
    ),
    "gateway.refused": _("The bank did not accept this payment. Nothing has been charged; try another sum."),
}
