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
ALIKE_REASONS = {
    "iin.same": _("the IIN is the same"),
    "iin.differs": _("the IIN differs"),
    "phone.same": _("the phone is the same"),
    "names.swapped": _("surname and given name have changed places"),
    "surname.same": _("the surname is the same"),
    "surname.other_spelling": _("the surname is the same in another spelling"),
    "surname.sounds_alike": _("the surname sounds alike"),
    "surname.spelt_nearly": _("the surname is spelt nearly alike"),
    "surname.differs": _("the surname differs"),
    "given_name.same": _("the given name is the same"),
    "given_name.other_spelling": _("the given name is the same in another spelling"),
    "given_name.sounds_alike": _("the given name sounds alike"),
    "given_name.spelt_nearly": _("the given name is spelt nearly alike"),
    "given_name.differs": _("the given name differs"),
    "patronymic.same": _("the patronymic is the same"),
    "patronymic.other_spelling": _("the patronymic is the same in another spelling"),
    "patronymic.sounds_alike": _("the patronymic sounds alike"),
    "patronymic.spelt_nearly": _("the patronymic is spelt nearly alike"),
    "patronymic.differs": _("the patronymic differs"),
    "birth.same": _("the birthday is the same"),
    "birth.day_and_month_swapped": _("day and month of birth have changed places"),
    "birth.one_digit": _("the birthday differs in one digit"),
    "birth.year_only": _("only the year of birth is the same"),
    "birth.differs": _("the birthday differs"),
}
ALIKE_METHODS = {"names-and-birth": _("Compared by names, birthday and numbers")}
ALIKE_STATES = {"same": _("Decided: the same person"), "different": _("Decided: somebody else")}
