"""Words for the refusals of the policy of uses."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "policy.no_reason": _("Write the reason in ten to four hundred characters."),
    "policy.nothing_changed": _("That is how it already is. Nothing was proposed."),
    "policy.proposed_differently": _("This page has been used. Open it again and propose anew."),
    "policy.unknown_proposal": _("There is no such proposal."),
    "policy.same_person": _("Who proposes does not approve. A colleague must do it."),
    "policy.already_decided": _("This proposal is in force already."),
    "policy.overtaken": _("Another version came in between. Propose it anew, so that both see what changes."),
    "policy.unknown_cell": _("Choose consent, use and registry from the lists."),
}
