"""Words for the refusals of the publication guard."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "guard.too_few": _(
        "Even with the whole country as its place, only %(people)s people and %(needs)s kinds of need fit all that is"
        " known of this case; at least %(least)s and %(needs_least)s are needed. It cannot be published like this."
    ),
    "guard.not_seen": _(
        "The case is shown more generally than you asked. Look at «As the public sees it», then publish. Nothing has"
        " been published yet."
    ),
    "override.not_needed": _("Enough people hide this family. It can be published as it is."),
    "override.reason_length": _("Say why, in %(least)s to %(most)s characters."),
    "override.waits_already": _("A proposal for this case waits for a second person already."),
    "override.unknown": _("There is no such proposal."),
    "override.decided": _("This proposal has been decided already."),
    "override.same_person": _("You proposed it. Another curator agrees or declines."),
}
