"""Words of webhooks' pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "case.published": _("A case was published"),
    "case.funded": _("A case has all its money"),
    "case.completed": _("A case is completed"),
    "case.closed": _("A case is shown no more"),
    "item.changed": _("A thing was raised, ordered, paid, delivered or confirmed"),
    "gift.received": _("A gift of your program was paid"),
    "gift.failed": _("A gift of your program was not paid"),
    "gift.returned": _("A gift of your program went back"),
    "endpoint.test": _("A trial message"),
}
ENDPOINT_STATES: dict[str, Promise] = {
    "on": _("Works"),
    "off": _("Switched off by you"),
    "disabled": _("Switched off by us: ten attempts failed"),
}
DELIVERY_STATES: dict[str, Promise] = {
    "waiting": _("Being sent"),
    "delivered": _("Delivered"),
    "exhausted": _("Given up after ten attempts"),
    "cancelled": _("Not sent: the address is switched off"),
}
OUTCOMES: dict[str, Promise] = {
    "delivered": _("taken"),
    "answered_no": _("refused"),
    "timed_out": _("no answer in time"),
    "unreachable": _("could not be reached"),
    "inside": _("not tried: the address leads into a closed network"),
}
WORLDS: dict[str, tuple[Promise, Promise]] = {
    "live": (_("Of real gifts"), _("Made with live keys")),
    "test": (_("Of trial gifts"), _("Made with test keys")),
}
