"""Words of the registry."""

from django.utils.translation import gettext_lazy as _

KINDS = {"ngo": _("Non-profit organization"), "state": _("State body")}
PAPERS = {
    "registration": _("Certificate of registration"),
    "charter": _("Charter"),
    "accreditation": _("Accreditation"),
    "accounts": _("Accounts of the last year"),
}
FINDINGS = {
    "lives_here": _("The family lives here"),
    "family_as_stated": _("The family is as stated"),
    "need_seen": _("The need was seen"),
    "home_cold": _("The home is cold"),
    "home_unsafe": _("The home is not safe"),
    "things_missing": _("Needed things are missing"),
    "children_cared_for": _("The children are cared for"),
    "need_not_seen": _("The need was not seen"),
    "family_differs": _("The family differs from what was stated"),
}
