"""Words of the desks: reasons, findings, facts, states. gettext only."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not_in_need": _("The facts do not show a need of the two sharpest kinds"),
    "state_covers_all": _("The state already covers everything that is needed"),
    "facts_not_confirmed": _("What was written is not confirmed by registers or at home"),
    "not_reachable": _("The family could not be reached three times"),
    "asked_by_family": _("The family asked to stop"),
}
FINDINGS = {
    "lives_here": _("The family lives at the address"),
    "family_as_stated": _("The family is as the registers say"),
    "need_seen": _("The need is seen"),
    "home_cold": _("The home is cold"),
    "home_unsafe": _("The home is not safe"),
    "things_missing": _("Things asked for are really missing"),
    "children_cared_for": _("The children are cared for"),
    "need_not_seen": _("The need is not seen"),
    "family_differs": _("The family differs from the registers"),
}
STATES = {
    "review": _("to decide"),
    "waiting_registry": _("a registry is silent"),
    "visit": _("visit planned"),
}
VISIT_STATES = {"planned": _("Planned"), "written": _("To be signed"), "done": _("Done and signed")}
