"""Words of partners' pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, tuple[Promise, Promise]] = {
    "test": (_("For trying"), _("Its gifts cost nothing and live apart from real ones")),
    "team": (_("For the team"), _("Reads the gifts of your programs, makes none")),
    "live": (_("For real gifts"), _("Only for your program’s server; never in a page or an app")),
}
SCOPES: dict[str, Promise] = {
    "gifts:read": _("See the gifts of your programs"),
    "gifts:write": _("Make gifts"),
    "webhooks": _("Take news by webhooks"),
}
