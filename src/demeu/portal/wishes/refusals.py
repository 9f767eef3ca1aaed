"""Words for the refusals of wish lists."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "wish.unknown": _("There is no such item in this list."),
    "wish.not_on_list": _("Only things of the price list can be asked for."),
    "wish.quantity_unreadable": _("Write the quantity in figures."),
    "wish.quantity_beyond_facts": _("The facts show a need for at most %(most)s."),
    "wish.price_beyond_list": _("The price may not pass %(most_tiyn)s, the limit of the price list."),
    "wish.case_beyond_limit": _("The whole list may not pass %(most_tiyn)s."),
    "wish.detail_not_offered": _("Choose one of the offered sizes."),
    "wish.no_longer_editable": _("The item can no longer be changed: the review has begun."),
}
